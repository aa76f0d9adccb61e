package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a benchmark says: at once to who watches, in the end to files. */
final class Report {
    private final Path directory;
    private final List<String> lines = new ArrayList<>();

    Report(Path directory) {
        this.directory = directory;
    }

    void say(String line) {
        System.out.println(line);
        lines.add(line);
    }

    /** Writes what was said as Markdown, and the numbers of each run. */
    void write(Json outcomes) throws IOException {
        Path tables = directory.resolve("result.md");
        Path numbers = directory.resolve("result.json");
        Files.createDirectories(directory);
        Files.write(tables, lines, UTF_8);
        Files.write(numbers, Json.object().with("outcomes", outcomes).bytes());
        System.out.println("\nThese tables: " + tables + "\nEach run's numbers: " + numbers);
    }
}
