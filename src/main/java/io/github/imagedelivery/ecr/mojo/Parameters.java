package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads parameters as Maven leaves them (text, perhaps null or blank) into the values that they stand for. */
final class Parameters {
    static final String LOCAL = "local";

    private final ImageParameters raw;

    Parameters(ImageParameters raw) {
        this.raw = raw;
    }

    /** Tells whether the embedded ECR is meant. */
    boolean isLocal() {
        return text(raw.registry).filter(LOCAL::equals).isPresent();
    }

    CoordinateSettings coordinates() throws DeliveryException {
        return new CoordinateSettings(
                text(raw.registry).filter(host -> !host.equals(LOCAL)),
                text(raw.region),
                text(raw.name),
                raw.project.getArtifactId(),
                text(raw.sha),
                text(raw.commitIdFull).or(() -> text(raw.commitId)),
                text(raw.version),
                raw.project.getVersion(),
                dirty(),
                existingSha());
    }

    private ExistingSha existingSha() throws DeliveryException {
        String value = text(raw.onExistingSha).orElse("refuse").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "refuse" -> ExistingSha.REFUSE;
            case "adopt" -> ExistingSha.ADOPT;
            default -> throw wrong("ecr.onExistingSha", value, "refuse or adopt");
        };
    }

    private Dirty dirty() throws DeliveryException {
        String value = text(raw.dirty).orElse(isLocal() ? "suffix" : "refuse").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "refuse" -> Dirty.REFUSE;
            case "suffix" -> Dirty.SUFFIX;
            default -> throw wrong("ecr.dirty", value, "refuse or suffix");
        };
    }

    /** Returns the cache directory; by default where the platform's conventions put caches. */
    Path cacheDirectory(Map<String, String> environment) {
        if (raw.cacheDirectory != null) {
            return raw.cacheDirectory.toPath();
        }
        return text(environment.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("ecr-maven-plugin");
    }

    /** Tells whether each module is to be published as soon as it is staged, rather than when the build has succeeded. */
    boolean publishesAtOnce() throws DeliveryException {
        String value = text(raw.publishAt).orElse("session").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "session" -> false;
            case "goal" -> true;
            default -> throw wrong("ecr.publishAt", value, "session or goal");
        };
    }

    Platform platform() throws DeliveryException {
        String value = text(raw.platform).orElse("linux/amd64");
        try {
            return Platform.parse(value);
        } catch (FormatException e) {
            throw wrong("ecr.platform", value, "os/architecture, for example linux/arm64");
        }
    }

    Optional<Instant> created() throws DeliveryException {
        // A single character stands for "no reproducible timestamp" in project.build.outputTimestamp.
        Optional<String> value = text(raw.created).filter(t -> t.length() > 1 || Character.isDigit(t.charAt(0)));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    value.get().matches("[0-9]{1,12}")
                            ? Instant.ofEpochSecond(Long.parseLong(value.get()))
                            : OffsetDateTime.parse(value.get()).toInstant());
        } catch (DateTimeException e) {
            throw wrong("ecr.created", value.get(), "ISO 8601 such as 2026-11-23T10:00:00Z, or seconds since 1970");
        }
    }

    ContainerSettings container() throws DeliveryException {
        List<String> command = list(raw.entrypoint);
        if (!command.isEmpty() && !list(raw.jvmFlags).isEmpty()) {
            throw DeliveryException.ofUser(
                    "ecr.jvmFlags and ecr.entrypoint cannot both be set",
                    "an entrypoint of your own is taken as it is, so the flags would be lost",
                    "put the flags into ecr.entrypoint, or into the variable JAVA_TOOL_OPTIONS");
        }
        return new ContainerSettings(
                command.isEmpty() ? Optional.empty() : Optional.of(command),
                list(raw.jvmFlags),
                list(raw.args),
                pairs("ecr.environment", raw.environment, raw.environmentVariables),
                list(raw.ports),
                text(raw.user),
                text(raw.workingDirectory));
    }

    Map<String, String> labels() throws DeliveryException {
        return pairs("ecr.labels", raw.labels, raw.labelList);
    }

    private static Map<String, String> pairs(
            String property, @Nullable Map<String, String> map, @Nullable List<String> texts) throws DeliveryException {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (map != null) {
            map.forEach((key, value) -> pairs.put(key, value == null ? "" : value));
        }
        for (String text : list(texts)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw wrong(property, text, "NAME=value pairs, comma-separated");
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static List<String> list(@Nullable List<@Nullable String> values) {
        return values == null
                ? List.of()
                : values.stream().flatMap(v -> text(v).stream()).toList();
    }

    private static DeliveryException wrong(String property, String value, String expected) {
        return DeliveryException.ofUser(
                property + " has a value that cannot be used",
                property + " is \"" + Texts.shown(value) + "\"",
                "set it to " + expected);
    }
}
