package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Reference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** Names the base image: as configured, or the Temurin JRE for the module's Java release. */
final class BaseName {
    /** Amazon's mirror of the official images: it has no rate limit for clients inside AWS. */
    private static final String TEMURIN = "public.ecr.aws/docker/library/eclipse-temurin:%d-jre";

    private static final String TAR = "tar://";

    private static final int[] LONG_TERM_RELEASES = {8, 11, 17, 21, 25};

    private BaseName() {}

    /**
     * Returns the base image's name; a path is made absolute: one that begins as a path does, or leads to what is
     * there. A reference without a host is completed as Docker does.
     *
     * @param configured what {@code ecr.from} says
     * @param javaRelease Java release of the module's classes
     * @param directory directory that a relative path starts from
     */
    static String of(Optional<String> configured, int javaRelease, Path directory) {
        if (configured.isEmpty()) {
            return TEMURIN.formatted(runtimeRelease(javaRelease));
        }
        String name = configured.get().replaceFirst("^registry://", "");
        if (name.startsWith(TAR)) {
            return directory.resolve(name.substring(TAR.length())).normalize().toString();
        }
        Optional<Path> path = name.equals("scratch") ? Optional.empty() : path(name, directory);
        return path.map(found -> found.normalize().toString()).orElseGet(() -> reference(name));
    }

    /** Returns the Java release that there are base images of, the first that runs classes of the given one. */
    static int runtimeRelease(int javaRelease) {
        return IntStream.of(LONG_TERM_RELEASES)
                .filter(release -> release >= javaRelease)
                .findFirst()
                .orElse(javaRelease);
    }

    /** What is no reference is left as it is, for a message that shows what was written. */
    private static String reference(String name) {
        try {
            return Reference.familiar(name).toString();
        } catch (FormatException e) {
            return name;
        }
    }

    private static Optional<Path> path(String name, Path directory) {
        boolean relative = name.matches("\\.{1,2}[/\\\\].*");
        try {
            Path path = directory.resolve(relative ? name.replace('\\', '/') : name);
            boolean meant = relative || Path.of(name).isAbsolute() || Files.exists(path);
            return meant ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // on Windows, for a reference with a port or a tag
        }
    }
}
