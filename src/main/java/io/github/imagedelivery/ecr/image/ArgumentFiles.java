package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Files of arguments for the {@code java} launcher ({@code java @file}, JDK 9 and later). They fix the order of the class
 * path, which {@code libs/*} leaves to the file system, and keep the entrypoint short.
 *
 * @param directory where they are written, each under the digest of its content: the path and time of an unchanged file
 *     stay the same, so that Jib finds its layer again
 */
record ArgumentFiles(Path directory) {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"'#\\\\]");

    /** Writes a file that holds one argument. */
    Path write(String argument) throws IOException {
        byte[] content = quoted(argument).getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve(Digest.of(content).encoded());
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return file;
        }
        Path written = Files.createTempFile(directory, "argument", ".tmp");
        Files.write(written, content);
        return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the argument as the launcher reads it back from a file. */
    static String quoted(String argument) {
        return NEEDS_QUOTES.matcher(argument).find()
                ? "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : argument;
    }
}
