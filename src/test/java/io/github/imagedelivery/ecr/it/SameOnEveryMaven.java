package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The smoke tests build their projects with several versions of Maven: whichever comes first writes down what it has
 * made, and the others must have made the same. What is written down counts for one build of the plugin, and for one
 * compiler.
 */
final class SameOnEveryMaven {
    private SameOnEveryMaven() {}

    /**
     * Compares an image with that of the other versions.
     *
     * @param directory of the project, in the directory of all projects that this version of Maven builds
     */
    static void check(File directory, Digest image) throws Exception {
        Path projects = directory.toPath().toAbsolutePath().normalize().getParent();
        Path target = projects.getParent();
        String compiler = projects.getFileName().toString().contains("jdk") ? "another" : "this";
        Path file = Files.createDirectories(target.resolve("same-on-every-maven"))
                .resolve(directory.getName() + "-" + plugin(target) + "-" + compiler + "-jdk");
        if (!Files.exists(file)) {
            Files.writeString(file, image.toString());
        }
        assertThat(image).as("digest of another Maven, in " + file).hasToString(Files.readString(file));
    }

    private static String plugin(Path target) throws Exception {
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(
                            file -> file.getFileName().toString().matches("ecr-maven-plugin-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
            return Digest.of(Files.readAllBytes(jar)).encoded().substring(0, 12);
        }
    }
}
