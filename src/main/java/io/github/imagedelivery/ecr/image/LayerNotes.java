package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What builds on this machine have found their layers to be once they were compressed. A note that cannot be read or written costs
 * the time to compress, no build. Safe for use by several processes.
 *
 * @param directory where they lie, one file for each layer
 */
record LayerNotes(Path directory) {
    /** Tells whether there are none, as far as can be seen. */
    boolean isEmpty() {
        try (var files = Files.newDirectoryStream(directory)) {
            return !files.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return true;
        }
    }

    /** Returns what a layer with this tar, compressed in this way, comes to. */
    Optional<Descriptor> find(Digest diffId, String encoding) {
        try {
            return Optional.of(Descriptor.read(Json.parse(Files.readAllBytes(file(diffId, encoding)))));
        } catch (IOException | FormatException e) {
            return Optional.empty();
        }
    }

    /** Notes what it came to. */
    void put(Digest diffId, String encoding, Descriptor layer) {
        try {
            Path written = Files.createTempFile(directory, "layer", ".tmp");
            try {
                Files.write(written, layer.toJson().bytes());
                Files.move(
                        written,
                        file(diffId, encoding),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            // The next build compresses the layer again.
            return;
        }
    }

    private Path file(Digest diffId, String encoding) {
        return directory.resolve(
                Digest.of((diffId + " " + encoding).getBytes(UTF_8)).encoded());
    }
}
