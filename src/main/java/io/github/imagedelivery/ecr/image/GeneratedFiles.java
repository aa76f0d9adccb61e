package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Files that no build wrote, for Jib to pack.
 *
 * @param directory where they are written, each under the digest of its content: the path and time of an unchanged file
 *     stay the same, so that Jib finds its layer again
 */
record GeneratedFiles(Path directory) {
    /** Writes a file of the text, in UTF-8, unless it is there. */
    Path write(String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve(Digest.of(content).encoded());
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return file;
        }
        Path written = Files.createTempFile(directory, "generated", ".tmp");
        Files.write(written, content);
        return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
