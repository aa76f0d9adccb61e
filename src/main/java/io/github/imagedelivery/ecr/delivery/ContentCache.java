package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Manifests, configs and layers of base images on disk, by digest, and what tags last stood for. What is read is verified, so a
 * damaged file is as good as none; a directory that cannot be written costs requests, not builds. Safe for use by
 * several processes.
 */
final class ContentCache {
    private final Path directory;

    ContentCache(Path directory) {
        this.directory = directory;
    }

    /** Returns the content, if it is here and whole. */
    Optional<byte[]> get(Digest digest) {
        Path file = file(digest);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > Manifest.MAX_BYTES) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            return Digest.of(content).equals(digest) ? Optional.of(content) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps the content. */
    void put(Digest digest, byte[] content) {
        write(file(digest), content);
    }

    /**
     * Returns a layer that is read from here: the first time that it is opened it is brought here, later on it needs no
     * registry.
     */
    Blob kept(Blob layer) {
        return new KeptLayer(layer, directory, file(layer.descriptor().digest()));
    }

    /** Returns what the reference was last resolved to, for a build that cannot ask. */
    Optional<Digest> resolved(Reference reference) {
        try {
            return Optional.of(Digest.parse(Files.readString(note(reference)).strip()));
        } catch (IOException | FormatException e) {
            return Optional.empty();
        }
    }

    /** Notes what the reference was resolved to. */
    void resolve(Reference reference, Digest digest) {
        if (!resolved(reference).equals(Optional.of(digest))) {
            write(note(reference), digest.toString().getBytes(UTF_8));
        }
    }

    private void write(Path file, byte[] content) {
        try {
            Files.createDirectories(directory);
            Path written = Files.createTempFile(directory, "content", ".tmp");
            try {
                Files.write(written, content);
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            // The next build asks the registry again.
            return;
        }
    }

    private Path note(Reference reference) {
        return directory.resolve(Digest.of(reference.toString().getBytes(UTF_8)).encoded() + ".resolved");
    }

    private Path file(Digest digest) {
        return directory.resolve(digest.encoded());
    }
}
