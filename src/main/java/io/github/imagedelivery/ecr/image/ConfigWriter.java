package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the config of an image (image-spec, config.md): what its base says, and on top what is wanted. Field by field as
 * Jib core does, which would load a thousand classes for it; a test holds the two against each other. Variables and labels
 * alone have an order of their own, since Jib's is that of hash tables, which differ from one JDK to another.
 *
 * @param base the base's config
 * @param plan what is wanted
 * @param contents what is started
 * @param toolVersion version that the history names
 */
record ConfigWriter(Json base, ImagePlan plan, Application.Contents contents, String toolVersion) {
    static final String TOOL_NAME = "ecr-maven-plugin";

    private static final List<String> HISTORY = List.of("created", "author", "created_by", "comment", "empty_layer");

    /** Returns the config of an image that has the layers on those of the base. */
    Json config(List<OwnLayer> layers) {
        Json diffIds = diffIds(base);
        List<Json> own =
                layers.stream().map(layer -> Json.of(layer.diffId().toString())).toList();
        return Json.object()
                .with("created", created())
                .with("architecture", Json.of(base.get("architecture").text().orElse("amd64")))
                .with("os", Json.of(base.get("os").text().orElse("linux")))
                .with("config", container())
                .with("history", history(diffIds.items().size(), layers))
                .with("rootfs", Json.object().with("type", Json.of("layers")).with("diff_ids", diffIds.plus(own)));
    }

    /** Returns the digests of the layers' tars that a config names; none where it names none. */
    static Json diffIds(Json config) {
        Json found = config.get("rootfs").get("diff_ids");
        return found.isMissing() ? Json.array(List.of()) : found;
    }

    private Json created() {
        return Json.of(plan.created().toString());
    }

    private Json container() {
        ContainerSettings wanted = plan.container();
        Json below = base.get("config");
        Json container = Json.object().with("Env", environment(below.get("Env").items()));
        Optional<List<String>> entrypoint = entrypoint();
        container = with(container, "Entrypoint", entrypoint.map(Json::texts), below);
        // The base's arguments are for its own command.
        container = with(container, "Cmd", arguments(), entrypoint.isPresent() ? Json.object() : below);
        container = container
                .with("ExposedPorts", names(below.get("ExposedPorts"), ports()))
                .with("Labels", labels(below.get("Labels")));
        container = with(container, "WorkingDir", workingDirectory().map(Json::of), below);
        container = with(
                container, "User", ContainerUser.choose(wanted.user(), base).map(Json::of), below);
        return container.with("Volumes", names(below.get("Volumes"), wanted.volumes()));
    }

    /** Adds what is wanted, or else what the base has. */
    private static Json with(Json container, String name, Optional<Json> wanted, Json below) {
        Json value = wanted.orElseGet(() -> below.get(name));
        return value.isMissing() ? container : container.with(name, value);
    }

    /** Returns the command; empty for the base's, which brings its default arguments along. */
    private Optional<List<String>> entrypoint() {
        ContainerSettings wanted = plan.container();
        if (wanted.inheritsEntrypoint()) {
            return Optional.empty();
        }
        return wanted.entrypoint().or(() -> contents.launch().command(wanted.jvmFlags()));
    }

    private Optional<Json> arguments() {
        return Optional.of(plan.container().args())
                .filter(wanted -> !wanted.isEmpty())
                .map(Json::texts);
    }

    private Optional<String> workingDirectory() {
        return plan.container().workingDirectory().or(contents::workingDirectory);
    }

    /** The base's in its order, then what is new. What names no variable stays behind them as it is. */
    private Json environment(List<Json> below) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Json variable : below) {
            String text = variable.text().orElse("");
            if (text.indexOf('=') > 0) {
                variables.put(name(text), text.substring(text.indexOf('=') + 1));
            }
        }
        variables.putAll(plan.container().environment());
        List<Json> nameless = below.stream()
                .filter(variable -> variable.text().orElse("").indexOf('=') <= 0)
                .filter(variable -> !variables.containsKey(variable.text().orElse("")))
                .toList();
        List<String> texts = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        return Json.texts(texts).plus(nameless);
    }

    private static String name(String variable) {
        return variable.substring(0, variable.indexOf('='));
    }

    /** Sorted by name. */
    private Json labels(Json below) {
        Map<String, String> labels = new TreeMap<>();
        below.members().forEach((name, value) -> labels.put(name, value.text().orElseGet(value::toString)));
        labels.putAll(plan.labels());
        Json json = Json.object();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json = json.with(label.getKey(), Json.of(label.getValue()));
        }
        return json;
    }

    private List<String> ports() {
        return plan.container().ports().stream()
                .flatMap(port -> PortRange.read(port).stream())
                .flatMap(range -> range.ports().stream())
                .toList();
    }

    /** Returns an object whose members are empty: it is a set, sorted. */
    private static Json names(Json below, Collection<String> above) {
        TreeSet<String> names = new TreeSet<>(above);
        below.members().keySet().forEach(name -> names.add(name.matches("[0-9]+") ? name + "/tcp" : name));
        Json json = Json.object();
        for (String name : names) {
            json = json.with(name, Json.object());
        }
        return json;
    }

    /** Returns the base's history, an entry for each of its layers that has none, and one for each layer on top. */
    private Json history(int baseLayers, List<OwnLayer> layers) {
        List<Json> below =
                base.get("history").items().stream().map(ConfigWriter::known).toList();
        long described = below.stream()
                .filter(entry -> !entry.get("empty_layer").isTrue())
                .count();
        Json filler = Json.object().with("created", created()).with("comment", Json.of("auto-generated by Jib"));
        int missing = (int) Math.max(0, baseLayers - described);
        List<Json> own = layers.stream().map(this::entry).toList();
        return Json.array(below).plus(Collections.nCopies(missing, filler)).plus(own);
    }

    private static Json known(Json entry) {
        Json known = Json.object();
        for (String field : HISTORY) {
            Json value = entry.get(field);
            known = value.isMissing() ? known : known.with(field, value);
        }
        return known;
    }

    private Json entry(OwnLayer layer) {
        return Json.object()
                .with("created", created())
                .with("author", Json.of("Jib"))
                .with("created_by", Json.of(TOOL_NAME + ":" + toolVersion))
                .with("comment", Json.of(layer.name()));
    }
}
