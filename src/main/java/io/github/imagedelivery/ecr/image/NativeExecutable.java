package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that needs no JVM, such as GraalVM's {@code native-image} makes.
 *
 * @param file the program
 * @param placement where the directory lies in the image that it lies in
 * @param platform what the image is to run on
 */
public record NativeExecutable(Path file, Placement placement, Platform platform) implements Application {
    private static final String NAME = "application";

    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        Elf elf = Elf.read(file)
                .orElseThrow(
                        () -> refused(
                                "Linux",
                                "it is no executable of Linux (ELF)",
                                "build it on Linux or in a container, or name another one with -Decr.nativeExecutable=target/..."));
        if (!elf.runsOn(platform)) {
            throw refused(
                    platform.toString(),
                    "it is an executable for " + elf,
                    "build it for " + platform + ", or set ecr.platform to what it is for");
        }
        String path = placement.path(NAME);
        return new Contents(
                List.of(new FilesLayer(
                        "executable", List.of(PlacedFile.of(file, path).withMode(0755)))),
                new Launch.Program(path));
    }

    private ImageException refused(String where, String reason, String remedy) {
        return new ImageException(Texts.shown(file.toString()) + " cannot be started on " + where, reason, remedy);
    }
}
