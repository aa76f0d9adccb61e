package io.github.imagedelivery.ecr.mojo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/**
 * Looks into the sources of a module for a main method, since there are no classes yet: Java, Kotlin, Scala or Groovy.
 */
final class MainMethods {
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|kt|scala|groovy)");
    private static final Pattern MAIN = Pattern.compile("\\b(void|fun|def)\\s+main\\s*\\(|\\bextends\\s+App\\b");

    private final Path sources;
    private final Path classes;

    MainMethods(MavenProject project) {
        this.sources = project.getBasedir().toPath().resolve("src/main");
        this.classes = Path.of(project.getBuild().getOutputDirectory());
    }

    /** Tells whether there is one; also where there are no sources but classes, or what is there cannot be read. */
    boolean areThere() {
        if (!Files.isDirectory(sources)) {
            return Files.isDirectory(classes);
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file ->
                            SOURCE.matcher(file.getFileName().toString()).matches())
                    .anyMatch(MainMethods::holdsOne);
        } catch (IOException | UncheckedIOException e) {
            return true;
        }
    }

    private static boolean holdsOne(Path file) {
        try {
            // Every byte is a character of it, whatever the file is written in.
            return MAIN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
