package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;

/**
 * A layer of a base image that is kept on disk once it has been read. What lies there is verified whenever it is opened,
 * and fetched again where it is damaged.
 *
 * @param origin where the layer is read the first time
 * @param directory where it is written while it is not whole
 * @param file where it is kept
 */
record KeptLayer(Blob origin, Path directory, Path file) implements Blob {
    @Override
    public Descriptor descriptor() {
        return origin.descriptor();
    }

    @Override
    public InputStream open() throws IOException {
        if (!isWhole()) {
            fetch();
        }
        return Files.newInputStream(file);
    }

    private boolean isWhole() throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != descriptor().size()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return digest(in, OutputStream.nullOutputStream())
                    .equals(descriptor().digest());
        }
    }

    private void fetch() throws IOException {
        Files.createDirectories(directory);
        Path written = Files.createTempFile(directory, "layer", ".tmp");
        try {
            try (InputStream in = origin.open();
                    OutputStream out = Files.newOutputStream(written)) {
                Digest digest = digest(in, out);
                if (!digest.equals(descriptor().digest())) {
                    throw new IOException("the content of " + descriptor().digest() + " has the digest " + digest);
                }
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Digest digest(InputStream in, OutputStream out) throws IOException {
        DigestInputStream hashed = new DigestInputStream(in, Digest.sha256());
        hashed.transferTo(out);
        return Digest.of(hashed.getMessageDigest());
    }
}
