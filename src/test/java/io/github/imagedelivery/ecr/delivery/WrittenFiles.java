package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files that deliveries leave in a cache and in a report directory. */
final class WrittenFiles {
    private final Path cache;
    private final Set<Path> seen = new HashSet<>();

    WrittenFiles(Path cache) {
        this.cache = cache;
    }

    /** Returns all files with the content of those that were not there before; a report is always new. */
    Map<String, String> look(Path reports) throws IOException {
        Map<String, String> files = new HashMap<>();
        for (Path root : List.of(cache, reports)) {
            try (Stream<Path> found = Files.walk(root)) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    boolean isNew = seen.add(file) || root.equals(reports);
                    String name = root.getFileName() + "/" + root.relativize(file);
                    files.put(name, isNew ? Files.readString(file, ISO_8859_1) : "");
                }
            }
        }
        return files;
    }

    /** Removes a directory with all that is in it. */
    static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
