package io.github.imagedelivery.ecr.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that goes with all that is in it. */
public final class Scratch implements AutoCloseable {
    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** Makes an empty one; unchecked, so that it can be the value of a field. */
    public static Scratch make() {
        try {
            return new Scratch(Files.createTempDirectory("fuzz").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where it is. */
    public Path directory() {
        return directory;
    }

    /** Removes what is below a path of it, and the path. */
    public void remove(Path below) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(below)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    @Override
    public void close() {
        try {
            remove(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
