package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/**
 * What quarkus-maven-plugin has left in a module: its layout, a jar that holds all, an executable.
 *
 * @param directory the build directory
 * @param found what each file is started as
 */
record QuarkusOutput(Path directory, NavigableMap<Path, Kind> found) {
    /** The directory that holds its layout. */
    static final String LAYOUT = "quarkus-app";

    /** What its {@code runner-suffix} is unless it is configured otherwise. */
    private static final String EXECUTABLE = "-runner";

    private static final String JAR = EXECUTABLE + ".jar";

    /** Tells whether the plugin runs in the module. */
    static boolean isMadeIn(MavenProject project) {
        return Stream.of("io.quarkus", "io.quarkus.platform", "com.redhat.quarkus.platform")
                .anyMatch(group -> project.getPlugin(group + ":quarkus-maven-plugin") != null);
    }

    /** Looks into the build directory; finds nothing where the plugin does not run. */
    static QuarkusOutput of(MavenProject project) throws DeliveryException {
        Path directory = new BuiltFiles(project).directory();
        NavigableMap<Path, Kind> found = new TreeMap<>();
        if (isMadeIn(project) && Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(Files::isRegularFile).forEach(file -> {
                    if (file.toString().endsWith(EXECUTABLE)) {
                        found.put(file, Kind.NATIVE);
                    } else if (file.toString().endsWith(JAR)) {
                        found.put(file, Kind.JAR);
                    }
                });
            } catch (IOException e) {
                throw DeliveryException.ofUser(
                        directory + " cannot be read; nothing was built or sent",
                        e,
                        "let the user that runs the build read it");
            }
            Path runner = runner(directory);
            if (Files.isRegularFile(runner)) {
                found.put(runner, Kind.QUARKUS);
            }
        }
        return new QuarkusOutput(directory, found);
    }

    /** Returns the jar in the plugin's layout that starts the application. */
    static Path runner(Path directory) {
        return directory.resolve(LAYOUT).resolve("quarkus-run.jar");
    }

    /** Returns the kind of what is there, which must be one thing: another may be left of an earlier build. */
    Optional<Kind> kind() throws DeliveryException {
        return one(List.copyOf(found.keySet())).map(found::get);
    }

    /** Returns what there is of a kind; one thing at most. */
    Optional<Path> file(Kind kind) throws DeliveryException {
        return one(
                found.keySet().stream().filter(file -> found.get(file) == kind).toList());
    }

    private Optional<Path> one(List<Path> files) throws DeliveryException {
        if (files.size() > 1) {
            throw DeliveryException.ofUser(
                    "Quarkus has left several applications; nothing was built or sent",
                    "in " + directory + " there are "
                            + files.stream()
                                    .map(file -> directory.relativize(file).toString())
                                    .collect(Collectors.joining(", ")),
                    "build with \"mvn clean\", or say which is meant: ecr.kind=quarkus, ecr.jar or ecr.nativeExecutable");
        }
        return files.stream().findFirst();
    }
}
