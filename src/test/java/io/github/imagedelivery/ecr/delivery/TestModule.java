package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small application as a build leaves it, and what is configured about it; each word changes the module in place. */
final class TestModule {
    static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    static final String OTHER_SHA = "89abcdef0123456789abcdef0123456789abcdef";

    private final Path directory;
    private String name;
    private Optional<String> registry = Optional.empty();
    private Optional<String> sha = Optional.of(SHA);
    private Optional<String> version = Optional.of("1.4.0");
    private ExistingSha existingSha = ExistingSha.REFUSE;
    private String base = "scratch";
    private Platform platform = Platform.LINUX_AMD64;

    /** Makes a module with one class, one resource and one library. */
    TestModule(Path directory, String name) {
        this.directory = directory;
        this.name = name;
        file("target/classes/demo/Main.class", "class of " + name);
        file("target/classes/application.properties", "server.port=8080\n");
        file("lib/web-1.0.jar", "web");
    }

    TestModule file(String path, String content) {
        Path file = directory.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    TestModule base(String text) {
        base = text;
        return this;
    }

    TestModule platform(String os, String architecture) {
        platform = new Platform(os, architecture, "");
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
                Optional.empty(),
                name,
                sha,
                Optional.empty(),
                version,
                "1.4.0",
                CoordinateSettings.Dirty.REFUSE,
                existingSha);
        JavaApplication application = new JavaApplication(
                directory.resolve("target/classes"),
                List.of(new Library(directory.resolve("lib/web-1.0.jar"), Origin.RELEASE)),
                "demo.Main",
                17);
        return new Module(
                name,
                coordinates,
                base,
                platform,
                application,
                ContainerSettings.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                directory.resolve("target/ecr"));
    }
}
