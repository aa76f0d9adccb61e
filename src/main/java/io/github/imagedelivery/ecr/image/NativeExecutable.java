package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A program that needs no JVM, such as GraalVM's {@code native-image} makes.
 *
 * @param file the program, for Linux
 * @param placement where the directory lies in the image that it lies in
 */
public record NativeExecutable(Path file, Placement placement) implements Application {
    private static final byte[] ELF = {0x7F, 'E', 'L', 'F'};
    private static final String NAME = "application";

    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(ELF.length), ELF)) {
                throw new ImageException(
                        Texts.shown(file.toString()) + " cannot be started in a container",
                        "it is no executable of Linux (ELF)",
                        "build it on Linux or in a container, or name another one with -Decr.nativeExecutable=target/...");
            }
        }
        String path = placement.path(NAME);
        return new Contents(
                List.of(new FilesLayer(
                        "executable", List.of(PlacedFile.of(file, path).withMode(0755)))),
                new Launch.Program(path));
    }
}
