package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A jar that holds all that it needs, started with {@code java -jar}.
 *
 * @param jar the jar, whose manifest names the main class
 * @param placement where the directory lies in the image that it lies in
 * @param requiredJava the Java release that its main class is compiled for
 */
public record RunnableJar(OwnJar jar, Placement placement, OptionalInt requiredJava) implements Application {
    /** Its name in the image: that of the file holds the version as a rule, which must not change the image. */
    private static final String NAME = "application.jar";

    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        ArchiveFiles files = ArchiveFiles.of(jar.file());
        if (files.attribute("Main-Class").isEmpty()) {
            throw refused("its manifest names no Main-Class");
        }
        Optional<String> beside = Stream.of(
                        files.attribute("Class-Path").orElse("").split(" "))
                .filter(path -> path.endsWith(".jar"))
                .findFirst();
        if (beside.isPresent()) {
            throw refused("its manifest names jars that it expects beside it, such as " + Texts.shown(beside.get()));
        }
        String path = placement.path(NAME);
        return new Contents(
                List.of(new FilesLayer(FilesLayer.OWN_JAR, List.of(jar.at(path)))), Launch.java(List.of("-jar", path)));
    }

    private ImageException refused(String reason) {
        return new ImageException(
                Texts.shown(jar.file().toString()) + " cannot be started by itself",
                reason,
                "name the jar that holds all with -Decr.jar=target/..., or leave ecr.kind out,"
                        + " which makes the image of the module's classes and libraries");
    }
}
