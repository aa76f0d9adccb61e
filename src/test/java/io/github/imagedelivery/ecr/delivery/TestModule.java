package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A small application as a build leaves it, and what is configured about it; each word changes the module in place. */
final class TestModule {
    static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    static final String OTHER_SHA = "89abcdef0123456789abcdef0123456789abcdef";

    private final Path directory;
    private String name;
    private Optional<String> registry = Optional.empty();
    private Optional<String> repository = Optional.empty();
    private Optional<String> sha = Optional.of(SHA);
    private Optional<String> version = Optional.of("1.4.0");
    private List<String> additionalTags = List.of();
    private ExistingSha existingSha = ExistingSha.REFUSE;
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private List<TagPattern> movingVersions = CoordinateSettings.SNAPSHOTS;
    private PublishPolicy policy = PublishPolicy.DEFAULT;
    private String base = "scratch";
    private Optional<NewRepository> creation = Optional.empty();
    private Compression compression = Compression.GZIP;
    private List<Platform> platforms = List.of(Platform.LINUX_AMD64);
    private Optional<Application> application = Optional.empty();
    private boolean layerReuse = true;

    /** Makes a module with one class, one resource and one library. */
    TestModule(Path directory, String name) {
        this.directory = directory;
        this.name = name;
        file("target/classes/demo/Main.class", "class of " + name);
        file("target/classes/application.properties", "server.port=8080\n");
        file("lib/web-1.0.jar", "web");
    }

    TestModule file(String path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    TestModule file(String path, byte[] content) {
        Path file = directory.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Adds a library that no image is sent with before ECR was asked whether it has its layers. */
    TestModule worthAsking() {
        byte[] library = new byte[300_000];
        new Random(5).nextBytes(library);
        return file("lib/web-1.0.jar", library);
    }

    /** Adds a library whose layer is taken from the image of an earlier commit. */
    TestModule worthTaking() {
        byte[] library = new byte[1_200_000];
        new Random(7).nextBytes(library);
        return file("lib/web-1.0.jar", library);
    }

    /** Takes no layer of an earlier image. */
    TestModule writingAllLayers() {
        layerReuse = false;
        return this;
    }

    TestModule compression(Compression other) {
        compression = other;
        return this;
    }

    TestModule label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    TestModule variable(String key, String value) {
        variables.put(key, value);
        return this;
    }

    /** Changes the only class. */
    TestModule code(String content) {
        return file("target/classes/demo/Main.class", content);
    }

    /** Names the module otherwise; its files stay as they are. */
    TestModule named(String other) {
        name = other;
        return this;
    }

    TestModule repository(String other) {
        repository = Optional.of(other);
        return this;
    }

    TestModule registry(String host) {
        registry = Optional.of(host);
        return this;
    }

    TestModule sha(String id) {
        sha = Optional.of(id);
        return this;
    }

    TestModule version(String text) {
        version = Optional.of(text);
        return this;
    }

    TestModule additionally(String... templates) {
        additionalTags = List.of(templates);
        return this;
    }

    TestModule moving(String pattern) {
        movingVersions = List.of(new TagPattern(pattern));
        return this;
    }

    TestModule neverUndoing() {
        policy = new PublishPolicy(UndoRule.NEVER, policy.onSuperseded());
        return this;
    }

    TestModule warningWhenSuperseded() {
        policy = new PublishPolicy(policy.undo(), SupersededRule.WARN);
        return this;
    }

    TestModule creating(NewRepository settings) {
        creation = Optional.of(settings);
        return this;
    }

    TestModule base(String text) {
        base = text;
        return this;
    }

    TestModule platform(String os, String architecture) {
        platforms = List.of(new Platform(os, architecture, ""));
        return this;
    }

    TestModule platforms(Platform... several) {
        platforms = List.of(several);
        return this;
    }

    /** Has this in the image in place of the module's class, resource and library. */
    TestModule application(Application other) {
        application = Optional.of(other);
        return this;
    }

    TestModule adopting() {
        existingSha = ExistingSha.ADOPT;
        return this;
    }

    Path report(String file) {
        return directory.resolve("target/ecr").resolve(file);
    }

    Module module() {
        CoordinateSettings coordinates = new CoordinateSettings(
                registry,
                Optional.empty(),
                repository,
                name,
                sha,
                Optional.empty(),
                version,
                additionalTags,
                "1.4.0",
                movingVersions,
                CoordinateSettings.Dirty.REFUSE,
                existingSha,
                CoordinateSettings.PullRequests.REFUSE);
        return new Module(name, coordinates, creation, policy, making(), directory.resolve("target/ecr"));
    }

    private Making making() {
        return new Recipe(
                base,
                platforms,
                application.orElseGet(this::java),
                new ContainerSettings(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        variables,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                new ImageDescription(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), labels, Map.of()),
                compression,
                layerReuse);
    }

    JavaApplication java() {
        return new JavaApplication(
                directory.resolve("target/classes"),
                List.of(new Library(directory.resolve("lib/web-1.0.jar"), Origin.RELEASE)),
                "demo.Main",
                17);
    }

    /** Returns what is known of the module before it is compiled. */
    Candidate candidate() {
        Module built = module();
        return new Candidate(
                built.name(),
                built.coordinates(),
                built.creation(),
                built.policy(),
                Optional.of(base),
                platforms,
                OptionalInt.of(17),
                true,
                false,
                layerReuse,
                List.of());
    }
}
