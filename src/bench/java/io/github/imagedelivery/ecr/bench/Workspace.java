package io.github.imagedelivery.ecr.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a scenario is measured in; its files are removed in the end.
 *
 * @param directory where everything lies
 * @param application the application that is delivered
 * @param registry the registries
 */
record Workspace(Path directory, SampleApplication application, RegistryHandle registry) implements AutoCloseable {
    static Workspace open(Path parent, Size size) throws IOException {
        Files.createDirectories(parent);
        Path directory = Files.createTempDirectory(parent, "run");
        return new Workspace(
                directory,
                SampleApplication.write(directory.resolve("application"), size.jars(), size.bytes()),
                RegistryHandle.start(directory.resolve("registry")));
    }

    /** Returns a new directory, as the caches of a fresh machine are. */
    Path emptyDirectory() throws IOException {
        return Files.createTempDirectory(directory, "caches");
    }

    @Override
    public void close() throws IOException {
        registry.close();
        try (Stream<Path> files = Files.walk(directory)) {
            List<File> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).toList();
            deepestFirst.forEach(File::delete);
        }
    }
}
