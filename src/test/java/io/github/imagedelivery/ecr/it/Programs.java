package io.github.imagedelivery.ecr.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What is installed on the machine. */
public final class Programs {
    private Programs() {}

    /** Returns the file of a program on the search path. */
    public static Optional<Path> find(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Tells whether this is a CI job, in which nothing may be left out for want of a program. */
    public static boolean areMandatory() {
        return System.getenv("CI") != null;
    }
}
