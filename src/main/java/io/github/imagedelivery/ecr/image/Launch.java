package io.github.imagedelivery.ecr.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How an application is started. */
public sealed interface Launch {
    /**
     * Returns the entrypoint; empty where entrypoint and default arguments are those of the base.
     *
     * @param jvmFlags flags for the JVM, which has no place for them where it is not started here
     */
    Optional<List<String>> command(List<String> jvmFlags);

    /**
     * By the {@code java} launcher.
     *
     * @param arguments the words after the flags
     */
    record Java(List<String> arguments) implements Launch {
        /** Copies the list. */
        public Java {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Optional<List<String>> command(List<String> jvmFlags) {
            List<String> command = new ArrayList<>(List.of("java"));
            command.addAll(jvmFlags);
            command.addAll(arguments);
            return Optional.of(List.copyOf(command));
        }
    }

    /**
     * As a program of its own.
     *
     * @param path absolute path of the program in the image
     */
    record Program(String path) implements Launch {
        @Override
        public Optional<List<String>> command(List<String> jvmFlags) {
            return Optional.of(List.of(path));
        }
    }

    /** By a server that the base image starts. */
    record ByBase() implements Launch {
        @Override
        public Optional<List<String>> command(List<String> jvmFlags) {
            return Optional.empty();
        }
    }

    /** Returns a command of the {@code java} launcher. */
    static Launch java(List<String> arguments) {
        return new Java(arguments);
    }
}
