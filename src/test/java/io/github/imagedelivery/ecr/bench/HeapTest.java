package io.github.imagedelivery.ecr.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
    private static final long APPLICATION = 150_000_000;

    @TempDir
    Path directory;

    @Test
    void stagesAnApplicationOf150MegabytesInAHeapOf256() throws Exception {
        try (LocalEcr ecr =
                LocalEcr.builder().storage(directory.resolve("registry")).start()) {
            ecr.createRepository("orders");

            String said = deliver(ecr);

            assertThat(said).startsWith("PUBLISHED");
            Manifest published =
                    ecr.manifest("orders", ecr.tags("orders").get("1.1")).orElseThrow();
            assertThat(published.layers()).extracting(Descriptor::size).anyMatch(size -> size > APPLICATION);
        }
    }

    private String deliver(LocalEcr ecr) throws Exception {
        Path log = directory.resolve("client.log");
        ProcessBuilder client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        directory.resolve("work").toString(),
                        "10",
                        Long.toString(APPLICATION))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        client.environment().putAll(ecr.environment());
        Process process = client.start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}
