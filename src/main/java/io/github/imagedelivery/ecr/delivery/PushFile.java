package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file {@code push.json}. It is replaced as a whole, so that a process that is killed leaves the last state that it
 * wrote, and never a half of one.
 */
final class PushFile {
    static final long SCHEMA = 1;
    private static final String NAME = "push.json";
    private static final String PART = "push.json.part";

    /** Some hundred bytes for each layer; what is larger is not of this plugin. */
    private static final long LIMIT = 1 << 20;

    private PushFile() {}

    static void write(Path directory, Json content) throws IOException {
        Files.createDirectories(directory);
        Path part = directory.resolve(PART);
        Files.writeString(part, content.pretty(), UTF_8);
        Files.move(part, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
        Files.deleteIfExists(directory.resolve(PART));
    }

    /** Returns what is there; empty if there is nothing that can be read as a report. */
    static Optional<Json> read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
                return Optional.empty();
            }
            Json content = Json.parse(Files.readAllBytes(file));
            return Optional.of(content)
                    .filter(json -> json.get("schema").number().orElse(0) == SCHEMA);
        } catch (IOException | FormatException e) {
            return Optional.empty();
        }
    }
}
