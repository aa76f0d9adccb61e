package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Files that lie nowhere on the disk, for Jib to pack.
 *
 * @param directory where they are written, each under the digest of its content: the path and time of an unchanged file
 *     stay the same, so that Jib finds its layer again
 */
record GeneratedFiles(Path directory) {
    /**
     * Writes a file, unless it is there.
     *
     * @param archives those that files are read from
     */
    Path write(PlacedFile.Bytes source, OpenArchives archives) throws IOException {
        Path written = Files.createTempFile(directory, "generated", ".tmp");
        Path file = directory.resolve(copy(source, archives, written).encoded());
        if (Files.isRegularFile(file) && Files.mismatch(file, written) < 0) {
            Files.delete(written);
            return file;
        }
        return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Digest copy(PlacedFile.Bytes source, OpenArchives archives, Path target) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = new DigestInputStream(archives.open(source), sha256)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return Digest.of(sha256);
    }
}
