package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.File;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads parameters as Maven leaves them (text, perhaps null or blank) into the values that they stand for. */
final class Parameters {
    static final String LOCAL = "local";

    /** What Maven 4's super POM says where the project says nothing: a commit has one digest under every Maven. */
    private static final String TIMESTAMP_OF_MAVEN_4 = "1980-02-01T00:00:00Z";

    private final ImageParameters raw;
    private final CoordinateParameters coordinates;
    private final ContainerParameters container;
    private final PublishParameters publishing;
    private final BaseParameters bases;
    private final RoleParameters role;
    private final FilesReader files;
    private final CompressionReader compression;

    Parameters(ImageParameters raw) {
        this.raw = raw;
        this.coordinates = new CoordinateParameters(raw);
        this.container = new ContainerParameters(raw);
        this.publishing = new PublishParameters(raw);
        this.bases = new BaseParameters(raw);
        this.role = new RoleParameters(raw);
        this.files = new FilesReader(raw);
        this.compression = new CompressionReader(raw);
    }

    /** Returns these parameters; refuses what cannot be used, all of it at once. */
    Parameters check() throws DeliveryException {
        Map<String, DeliveryException> problems = new TreeMap<>();
        texts().forEach((property, values) -> values.filter(value -> !isResolved(value))
                .forEach(value -> problems.put(property, unresolved(property, value))));
        new JibElements(raw).problems().forEach(problems::putIfAbsent);
        if (!new PrebuiltReader(raw).isAsked()) {
            KindRules.foreseen(raw).forEach(problems::putIfAbsent);
        }
        readings().forEach((property, reading) -> problem(reading).ifPresent(e -> problems.putIfAbsent(property, e)));
        if (!problems.isEmpty()) {
            throw DeliveryException.ofAll(List.copyOf(problems.values()));
        }
        return this;
    }

    private interface Reading {
        Object read() throws DeliveryException;
    }

    private Map<String, Reading> readings() {
        return Map.ofEntries(
                Map.entry("ecr.dirty", coordinates::dirty),
                Map.entry("ecr.kind", () -> new PrebuiltReader(raw).isAsked() ? Kind.asked(raw) : Kind.foreseen(raw)),
                Map.entry("ecr.containerizingMode", () -> KindRules.isPackaged(raw)),
                Map.entry("ecr.compression", compression::format),
                Map.entry("ecr.compressionLevel", compression::level),
                Map.entry("ecr.lock", bases::lockUse),
                Map.entry("ecr.base.mirrors", bases::mirrors),
                Map.entry("ecr.base.credentials", bases::credentials),
                Map.entry("ecr.base.roleArn", bases::role),
                Map.entry("ecr.onExistingSha", coordinates::existingSha),
                Map.entry("ecr.movingVersions", publishing::movingVersions),
                Map.entry("ecr.undo", publishing::undo),
                Map.entry("ecr.progress", () -> SessionProgress.way(raw)),
                Map.entry("ecr.onSuperseded", publishing::onSuperseded),
                Map.entry("ecr.publishAt", publishing::publishesAtOnce),
                Map.entry("ecr.roleArn", role::given),
                Map.entry("ecr.sessionDuration", role::duration),
                Map.entry("ecr.platform", this::platform),
                Map.entry("ecr.platforms", this::several),
                Map.entry("ecr.sharedDependencies", () -> LibraryOrigins.named(raw)),
                Map.entry("ecr.created", this::created),
                Map.entry("ecr.jvmFlags", container::jvmFlags),
                Map.entry("ecr.args", container::args),
                Map.entry("ecr.extraClasspath", container::placement),
                Map.entry("ecr.extraDirectories", () -> files.directories(Path.of(""))),
                Map.entry("ecr.extraDirectoryPermissions", files::modes),
                Map.entry("ecr.extraDirectoryOwnership", files::owners),
                Map.entry("ecr.filesModificationTime", files::modified),
                Map.entry("ecr.environment", container::environment),
                Map.entry("ecr.labels", container::labels),
                Map.entry("ecr.annotations", container::annotations));
    }

    private static Optional<DeliveryException> problem(Reading reading) {
        try {
            reading.read();
            return Optional.empty();
        } catch (DeliveryException e) {
            return Optional.of(e);
        }
    }

    /** Returns the values of all parameters in which a shell's or a program's own expression has no place. */
    private Map<String, Stream<String>> texts() {
        Map<String, Stream<String>> texts = role.texts();
        texts.put("ecr.registry", text(raw.registry).stream());
        texts.put("ecr.region", text(raw.region).stream());
        texts.put("ecr.name", text(raw.name).stream());
        texts.put("ecr.sha", text(raw.sha).stream());
        texts.put("ecr.additionalTags", list(raw.additionalTags).stream());
        texts.put("ecr.version", text(raw.version).stream());
        texts.put("ecr.dirty", text(raw.dirty).stream());
        texts.put("ecr.onExistingSha", text(raw.onExistingSha).stream());
        texts.put("ecr.movingVersions", list(raw.movingVersions).stream());
        texts.put("ecr.undo", text(raw.undo).stream());
        texts.put("ecr.progress", text(raw.progress).stream());
        texts.put("ecr.onSuperseded", text(raw.onSuperseded).stream());
        texts.put("ecr.publishAt", text(raw.publishAt).stream());
        texts.put("ecr.image", text(raw.image).stream());
        texts.put("ecr.imageEntry", text(raw.imageEntry).stream());
        texts.put("ecr.from", text(raw.from).stream());
        texts.put("ecr.lock", text(raw.lock).stream());
        texts.put("ecr.lockFile", text(raw.lockFile).stream());
        texts.put("ecr.base.mirrors", Stream.concat(values(raw.baseMirrors), list(raw.baseMirrorList).stream()));
        texts.put("ecr.kind", text(raw.kind).stream());
        texts.put("ecr.containerizingMode", text(raw.containerizingMode).stream());
        texts.put("ecr.jar", path(raw.jar));
        texts.put("ecr.nativeExecutable", path(raw.nativeExecutable));
        texts.put("ecr.platform", text(raw.platform).stream());
        texts.put("ecr.platforms", list(raw.platforms).stream());
        texts.put("ecr.sharedDependencies", list(raw.sharedDependencies).stream());
        texts.put("ecr.mainClass", text(raw.mainClass).stream());
        texts.put("ecr.jvmFlags", list(raw.jvmFlags).stream());
        texts.put("ecr.labels", Stream.concat(values(raw.labels), list(raw.labelList).stream()));
        texts.put("ecr.annotations", Stream.concat(values(raw.annotations), list(raw.annotationList).stream()));
        texts.put("ecr.ports", list(raw.ports).stream());
        texts.put("ecr.user", text(raw.user).stream());
        texts.put("ecr.workingDirectory", text(raw.workingDirectory).stream());
        texts.put("ecr.appRoot", text(raw.appRoot).stream());
        texts.put("ecr.extraClasspath", list(raw.extraClasspath).stream());
        texts.put("ecr.extraDirectories", list(raw.extraDirectoryList).stream());
        texts.put("ecr.volumes", list(raw.volumes).stream());
        texts.put("ecr.compression", text(raw.compression).stream());
        texts.put("ecr.compressionLevel", text(raw.compressionLevel).stream());
        texts.put("ecr.created", text(raw.created).or(() -> text(raw.outputTimestamp)).stream());
        texts.put("ecr.cacheDirectory", path(raw.cacheDirectory));
        return texts;
    }

    private static Stream<String> path(@Nullable File file) {
        return Stream.ofNullable(file).map(File::getPath);
    }

    private static Stream<String> values(@Nullable Map<String, String> map) {
        return map == null ? Stream.of() : map.values().stream().flatMap(value -> text(value).stream());
    }

    /** Tells whether the embedded ECR is meant. */
    static boolean isLocal(LoginParameters raw) {
        return text(raw.registry).filter(LOCAL::equals).isPresent();
    }

    /** Tells whether Maven has left no expression standing in a value. */
    static boolean isResolved(String value) {
        return !value.contains("${");
    }

    static DeliveryException unresolved(String property, String value) {
        return DeliveryException.ofUser(
                property + " holds an expression that Maven could not resolve",
                property + " is \"" + Texts.shown(value) + "\"",
                "define the property that it names, in the POM's <properties> or with -D");
    }

    Platform platform() throws DeliveryException {
        return platform("ecr.platform", text(raw.platform).orElse("linux/amd64"));
    }

    private static Platform platform(String property, String value) throws DeliveryException {
        if (!isResolved(value)) {
            throw unresolved(property, value);
        }
        try {
            return Platform.parse(value);
        } catch (FormatException e) {
            throw wrong(property, value, "os/architecture, for example linux/arm64");
        }
    }

    /** Returns what the image is to run on; at least one platform. */
    List<Platform> platforms() throws DeliveryException {
        List<Platform> several = several();
        return several.isEmpty() ? List.of(platform()) : several;
    }

    private List<Platform> several() throws DeliveryException {
        List<Platform> platforms = new ArrayList<>();
        for (String value : list(raw.platforms)) {
            platforms.add(platform("ecr.platforms", value));
        }
        return platforms.stream().distinct().toList();
    }

    Optional<Instant> created() throws DeliveryException {
        Optional<String> given = text(raw.created);
        if (given.isPresent()) {
            return time("ecr.created", given.get());
        }
        Optional<String> inherited = text(raw.outputTimestamp).filter(value -> !value.equals(TIMESTAMP_OF_MAVEN_4));
        return inherited.isPresent() ? time("project.build.outputTimestamp", inherited.get()) : Optional.empty();
    }

    private static Optional<Instant> time(String property, String value) throws DeliveryException {
        // A single character stands for "no reproducible timestamp" in project.build.outputTimestamp.
        if (value.length() == 1 && !Character.isDigit(value.charAt(0))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    value.matches("[0-9]{1,12}")
                            ? Instant.ofEpochSecond(Long.parseLong(value))
                            : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw wrong(property, value, "ISO 8601 such as 2026-11-23T10:00:00Z, or seconds since 1970");
        }
    }

    static Map<String, String> pairs(String property, @Nullable Map<String, String> map, @Nullable List<String> texts)
            throws DeliveryException {
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

    /** Returns the name of the base image. */
    static Optional<String> text(@Nullable FromElement from) {
        return Optional.ofNullable(from).flatMap(FromElement::name);
    }

    static List<String> list(@Nullable List<@Nullable String> values) {
        return values == null
                ? List.of()
                : values.stream().flatMap(v -> text(v).stream()).toList();
    }

    static DeliveryException wrong(String property, String value, String expected) {
        return DeliveryException.ofUser(
                property + " has a value that cannot be used",
                property + " is \"" + Texts.shown(value) + "\"",
                "set it to " + expected);
    }
}
