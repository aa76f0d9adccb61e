package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what is nested as in jib-maven-plugin into the parameters that it stands for. */
final class JibElements {
    private static final ContainerElement NOTHING = new ContainerElement();

    private final ImageParameters raw;
    private final ContainerElement container;

    JibElements(ImageParameters raw) {
        this.raw = raw;
        this.container = raw.container == null ? NOTHING : raw.container;
    }

    /** Sets each parameter that says nothing to what is nested for it. Refuses nothing: the module may be skipped. */
    void spread() {
        values().forEach(NestedValue::fill);
    }

    /** Returns what is to be refused, by the name of the element; to be asked for after {@link #spread}. */
    Map<String, DeliveryException> problems() {
        Map<String, DeliveryException> problems = new LinkedHashMap<>();
        image().filter(image -> !Parameters.isResolved(image))
                .ifPresent(image -> problems.put("<to><image>", Parameters.unresolved("<to><image>", image)));
        try {
            target();
        } catch (FormatException e) {
            problems.put(
                    "<to><image>",
                    DeliveryException.ofUser(
                            "<to><image> names no repository of Amazon ECR; nothing was built or sent",
                            e,
                            "name one: ACCOUNT.dkr.ecr.REGION.amazonaws.com/repository"));
        }
        for (NestedValue<?> value : values()) {
            value.conflict().ifPresent(e -> problems.put(value.element() + " " + value.property(), e));
        }
        problems.putAll(new JibRefusals(raw).problems());
        return problems;
    }

    private List<NestedValue<?>> values() {
        List<NestedValue<?>> values = new ArrayList<>();
        values.addAll(names());
        values.add(text("appRoot", raw.appRoot, container.appRoot, v -> raw.appRoot = v));
        values.add(list("args", raw.args, container.args, v -> raw.args = v));
        values.add(list("entrypoint", raw.entrypoint, container.entrypoint, v -> raw.entrypoint = v));
        values.add(list("extraClasspath", raw.extraClasspath, container.extraClasspath, v -> raw.extraClasspath = v));
        values.add(text(
                "filesModificationTime",
                Parameters.text(raw.filesModificationTime)
                        .filter(time -> !time.equals("EPOCH_PLUS_SECOND"))
                        .orElse(null),
                container.filesModificationTime,
                v -> raw.filesModificationTime = v));
        values.add(list("jvmFlags", raw.jvmFlags, container.jvmFlags, v -> raw.jvmFlags = v));
        values.add(text("mainClass", raw.mainClass, container.mainClass, v -> raw.mainClass = v));
        values.add(list("ports", raw.ports, container.ports, v -> raw.ports = v));
        values.add(text("user", raw.user, container.user, v -> raw.user = v));
        values.add(list("volumes", raw.volumes, container.volumes, v -> raw.volumes = v));
        values.add(text(
                "workingDirectory", raw.workingDirectory, container.workingDirectory, v -> raw.workingDirectory = v));
        values.add(created());
        values.add(platforms());
        values.addAll(maps());
        return values;
    }

    /** A variable or label is a value of its own: what is nested adds to what is not. */
    private List<NestedValue<?>> maps() {
        Map<String, String> variables = all(raw.environment, raw.environmentVariables);
        Map<String, String> labels = all(raw.labels, raw.labelList);
        List<NestedValue<?>> values = new ArrayList<>();
        values.addAll(pairs(
                "environment",
                variables,
                container.environment,
                (name, value) -> raw.environment = with(raw.environment, name, value)));
        values.addAll(
                pairs("labels", labels, container.labels, (name, value) -> raw.labels = with(raw.labels, name, value)));
        return values;
    }

    private Optional<String> image() {
        return raw.to == null ? Optional.empty() : Parameters.text(raw.to.image);
    }

    /** Returns what the element names; empty where that is not known yet, or nothing. */
    private Optional<TargetName> target() throws FormatException {
        Optional<String> image = image().filter(Parameters::isResolved);
        return image.isEmpty() ? Optional.empty() : Optional.of(TargetName.parse(image.get()));
    }

    private List<NestedValue<?>> names() {
        Optional<TargetName> target;
        try {
            target = target();
        } catch (FormatException e) {
            return List.of(); // refused elsewhere
        }
        NestedValue<String> registry = new NestedValue<>(
                "<to><image>",
                "ecr.registry",
                target.filter(name -> !Parameters.isLocal(raw)).map(TargetName::registry),
                Parameters.text(raw.registry),
                value -> raw.registry = value);
        NestedValue<String> name = new NestedValue<>(
                "<to><image>",
                "ecr.name",
                target.map(TargetName::repository),
                Parameters.text(raw.name),
                value -> raw.name = value);
        NestedValue<List<String>> tags = new NestedValue<>(
                "<to>",
                "ecr.additionalTags",
                filled(tags(target)),
                filled(raw.additionalTags),
                value -> raw.additionalTags = value);
        return List.of(registry, name, tags);
    }

    /** The tag of the name itself is one of several. */
    private List<String> tags(Optional<TargetName> target) {
        List<String> tags =
                new ArrayList<>(target.flatMap(TargetName::tag).map(List::of).orElse(List.of()));
        tags.addAll(raw.to == null ? List.of() : Parameters.list(raw.to.tags));
        return tags;
    }

    private NestedValue<List<String>> platforms() {
        Optional<List<String>> nested = Optional.ofNullable(raw.from)
                .flatMap(from -> Optional.ofNullable(from.platforms))
                .map(platforms -> platforms.stream().map(PlatformElement::name).toList());
        return new NestedValue<>(
                "<from><platforms>", "ecr.platforms", nested, filled(raw.platforms), value -> raw.platforms = value);
    }

    private NestedValue<String> created() {
        return new NestedValue<>(
                "<container><creationTime>",
                "ecr.created",
                Parameters.text(container.creationTime)
                        .filter(time -> !time.equals(JibRefusals.NOW))
                        .map(time -> time.equals("EPOCH") ? "0" : time),
                Parameters.text(raw.created),
                value -> raw.created = value);
    }

    private static NestedValue<String> text(
            String name, @Nullable String flat, @Nullable String nested, Consumer<String> filler) {
        return new NestedValue<>(element(name), "ecr." + name, Parameters.text(nested), Parameters.text(flat), filler);
    }

    private static NestedValue<List<String>> list(
            String name, @Nullable List<String> flat, @Nullable List<String> nested, Consumer<List<String>> filler) {
        return new NestedValue<>(element(name), "ecr." + name, filled(nested), filled(flat), filler);
    }

    private static Optional<List<String>> filled(@Nullable List<String> values) {
        return Optional.of(Parameters.list(values)).filter(list -> !list.isEmpty());
    }

    private static String element(String name) {
        return "<container><" + name + ">";
    }

    private static List<NestedValue<?>> pairs(
            String name,
            Map<String, String> flat,
            @Nullable Map<String, String> nested,
            BiConsumer<String, String> filler) {
        List<NestedValue<?>> pairs = new ArrayList<>();
        entries(nested)
                .forEach((key, value) -> pairs.add(new NestedValue<>(
                        element(name) + "<" + Texts.shown(key) + ">",
                        "ecr." + name,
                        Optional.of(value),
                        Optional.ofNullable(flat.get(key)),
                        given -> filler.accept(key, given))));
        return pairs;
    }

    private static Map<String, String> entries(@Nullable Map<String, String> map) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (map != null) {
            map.forEach((key, value) -> entries.put(key, value == null ? "" : value));
        }
        return entries;
    }

    /** Returns the pairs of both; those of a map alone where the texts are no pairs, which is refused elsewhere. */
    private static Map<String, String> all(@Nullable Map<String, String> map, @Nullable List<String> texts) {
        try {
            return Parameters.pairs("", map, texts);
        } catch (DeliveryException e) {
            return entries(map);
        }
    }

    private static Map<String, String> with(@Nullable Map<String, String> map, String key, String value) {
        Map<String, String> more = entries(map);
        more.put(key, value);
        return more;
    }
}
