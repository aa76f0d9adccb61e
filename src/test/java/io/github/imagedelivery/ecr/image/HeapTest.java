package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large applications build in small heaps, each in a JVM of its own. */
class HeapTest {
    @TempDir
    private Path directory;

    @Test
    void buildsApplicationsThatDoNotFitIn() throws Exception {
        // Side by side, since compressing is all that takes time.
        Process large = build(150, "-Xmx256m");
        Process small = build(100, "-Xmx64m");
        Process zstd = build(80, "-Xmx64m", "3");

        assertThat(outputOf(large)).isEqualTo("read 150 MiB\n");
        assertThat(outputOf(small)).isEqualTo("read 100 MiB\n");
        assertThat(outputOf(zstd)).isEqualTo("read 80 MiB\n");
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tar"))).isEmpty();
        }
    }

    private Process build(int mebibytes, String heap, String... level) throws IOException {
        Path jar = incompressible(mebibytes);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                HeapProbe.class.getName(),
                jar.toString()));
        command.addAll(List.of(level));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String outputOf(Process java) throws Exception {
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private Path incompressible(int mebibytes) throws IOException {
        byte[] block = new byte[1 << 20];
        Random random = new Random(3);
        Path file =
                Files.createDirectories(directory.resolve("app-" + mebibytes)).resolve("big.jar");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }
}
