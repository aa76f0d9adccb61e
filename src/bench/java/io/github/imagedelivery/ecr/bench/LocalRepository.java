package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** A local repository of Maven, into which artifacts are put as Maven itself installs them. */
record LocalRepository(Path directory) {
    /** The group of the libraries, which nobody else has. */
    static final String GROUP = "bench";

    /** Puts so many libraries of random bytes into the repository, unless they are there. */
    void installLibraries(String prefix, int count, long bytes) throws IOException {
        for (int i = 0; i < count; i++) {
            String artifact = prefix + "-" + i;
            Path jar = file(GROUP, artifact, "1", "jar");
            if (!Files.exists(jar)) {
                Files.createDirectories(jar.getParent());
                Files.writeString(file(GROUP, artifact, "1", "pom"), pom(artifact), UTF_8);
                SampleApplication.writeJar(jar, new Random(i), bytes / count);
            }
        }
    }

    /** Puts a plugin with its POM into the repository. */
    void install(String group, String artifact, String version, Path jar, Path pom) throws IOException {
        Path target = file(group, artifact, version, "jar");
        Files.createDirectories(target.getParent());
        Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(pom, file(group, artifact, version, "pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String group, String artifact, String version, String extension) {
        return directory
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + "." + extension);
    }

    private static String pom(String artifact) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                </project>
                """.formatted(GROUP, artifact);
    }
}
