package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An embedded ECR on disk, and deliveries to it by processes of their own, whose heap so is the client's alone. Each
 * that is measured becomes a row of {@code target/load.md}.
 */
final class LoadRun implements AutoCloseable {
    private static final long MEBI = 1 << 20;
    private static final List<String> ROWS = new ArrayList<>(List.of(
            "| Load | -Xmx | live heap at most, MiB | requests | MB sent |", "| --- | --: | --: | --: | --: |"));

    final LocalEcr ecr;
    private final Path directory;
    private int deliveries;

    LoadRun(Path directory) throws IOException {
        this.directory = directory;
        this.ecr = LocalEcr.builder().storage(directory.resolve("registry")).start();
        ecr.createRepository("module-0");
    }

    /**
     * What a delivery needed.
     *
     * @param results the result of each module, as it was printed; of a delivery that failed, all that it printed
     * @param liveHeap the most bytes in use after a collection of the garbage
     */
    record Measured(List<String> results, long liveHeap) {}

    /** Starts a process with so much heap and waits for its end. */
    List<String> deliver(String heap, String base, Load load, long amount) throws Exception {
        Path work = Files.createDirectories(directory.resolve("work-" + deliveries++));
        Path log = work.resolve("client.log");
        ProcessBuilder client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseG1GC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        work.toString(),
                        base,
                        load.name(),
                        Long.toString(amount))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        client.environment().putAll(ecr.environment());
        Process process = client.start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(log, UTF_8);
    }

    /** Delivers, which must succeed, and notes what it needed. */
    Measured measure(String heap, String base, Load load, long amount) throws Exception {
        ecr.clearRequests();
        List<String> said = deliver(heap, base, load, amount);
        assertThat(said.get(0)).as(String.join("\n", said)).startsWith("PUBLISHED");
        int last = said.size() - 1;
        Measured measured = new Measured(said.subList(0, last), Long.parseLong(said.get(last)));
        List<RecordedRequest> requests = ecr.requests();
        long sent = requests.stream().mapToLong(RecordedRequest::received).sum();
        note(
                title(load, amount) + (base.equals("scratch") ? "" : " on a base of many layers"),
                heap,
                measured.liveHeap() / MEBI,
                requests.size(),
                sent / 1_000_000);
        return measured;
    }

    /** Returns the image of the first module. */
    Manifest published() {
        return ecr.manifest("module-0", ecr.tags("module-0").get("1.1")).orElseThrow();
    }

    private static String title(Load load, long amount) {
        return switch (load) {
            case LAYER_OF_BYTES -> "a layer of " + amount / 1_000_000 + " MB";
            case FILES -> amount + " files";
            case MODULES -> amount + " modules at once";
        };
    }

    private static synchronized void note(Object... cells) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell.toString());
        }
        ROWS.add("| " + String.join(" | ", texts) + " |");
        Files.write(Files.createDirectories(Path.of("target")).resolve("load.md"), ROWS, UTF_8);
    }

    @Override
    public void close() throws IOException {
        ecr.close();
    }
}
