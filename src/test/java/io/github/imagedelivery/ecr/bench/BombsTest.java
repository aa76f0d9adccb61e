package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are made to fill a client's memory, given to one with 64 MiB of it. */
class BombsTest {
    private static final String ANOTHER =
            "to fix: name another base image with ecr.from, or build that of ecr.image again";

    private static final int MEBIBYTE = 1 << 20;
    private static final int FOUR_MEBIBYTES = 4 * MEBIBYTE;

    private static final List<BombServer> SERVERS = new ArrayList<>();
    private static List<String> refusals = List.of();

    @BeforeAll
    static void deliver(@TempDir Path directory) throws Exception {
        BombServer registry = server("endless");
        registry.serve("/v2/deep/manifests/1", "[".repeat(FOUR_MEBIBYTES - 1).getBytes(UTF_8));
        registry.serve("/v2/wide/manifests/1", ("[" + "{},".repeat(FOUR_MEBIBYTES / 3 - 2) + "{}]").getBytes(UTF_8));
        serve(registry, "inflating", Blob.of(MediaTypes.OCI_LAYER_GZIP, gzip()));
        serve(registry, "inflating-zstd", Blob.of(MediaTypes.OCI_LAYER_ZSTD, zstd()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Bombs.class.getName(),
                directory.resolve("work").toString()));
        for (String bomb : List.of("endless", "deep", "wide", "endless-error", "endless-token", "inflating")) {
            command.add(registry.host() + "/" + bomb + ":1");
        }
        for (String bomb : List.of("endless", "endless-error", "endless-header")) {
            command.add("http://" + server(bomb).host());
        }
        command.add(registry.host() + "/endless-header:1");
        command.add(registry.host() + "/inflating-zstd:1");
        refusals = run(command, directory);
    }

    private static BombServer server(String controlPlane) throws Exception {
        BombServer server = new BombServer(controlPlane);
        SERVERS.add(server);
        return server;
    }

    private static List<String> run(List<String> command, Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("module-0");
            ProcessBuilder client =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            client.environment().putAll(ecr.environment());
            Process process = client.start();
            try {
                assertThat(process.waitFor(5, TimeUnit.MINUTES))
                        .as("ends in time")
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(ecr.images("module-0")).isEmpty();
        }
        return Files.readAllLines(log, UTF_8);
    }

    /** A layer of 4 MB that inflates to 4 GiB. */
    private static byte[] gzip() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[MEBIBYTE]);
        byte[] buffer = new byte[1 << 16];
        byte[] zeros = Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
        deflater.end();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        compressed.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < 4096; i++) {
            compressed.writeBytes(zeros);
        }
        return compressed.toByteArray();
    }

    /** A layer of less than 300 kB that inflates to 4 GiB: frames of zeros, one behind the other. */
    private static byte[] zstd() {
        byte[] zeros = Zstd.compress(new byte[MEBIBYTE]);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        for (int i = 0; i < 4096; i++) {
            compressed.writeBytes(zeros);
        }
        assertThat(compressed.size()).isLessThan(300_000);
        return compressed.toByteArray();
    }

    /** Serves an image of one layer. */
    private static void serve(BombServer registry, String name, Blob layer) throws Exception {
        Json diffIds = Json.texts(List.of(Digest.of(new byte[0]).toString()));
        byte[] config = Json.object()
                .with("architecture", Json.of("amd64"))
                .with("os", Json.of("linux"))
                .with("rootfs", Json.object().with("type", Json.of("layers")).with("diff_ids", diffIds))
                .bytes();
        Blob described = Blob.of(MediaTypes.OCI_CONFIG, config);
        byte[] manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", described.descriptor().toJson())
                .with("layers", Json.array(List.of(layer.descriptor().toJson())))
                .bytes();
        String repository = "/v2/" + name;
        registry.serve(repository + "/manifests/1", manifest);
        registry.serve(repository + "/blobs/" + described.descriptor().digest(), config);
        try (InputStream content = layer.open()) {
            registry.serve(repository + "/blobs/" + layer.descriptor().digest(), content.readAllBytes());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (BombServer server : SERVERS) {
            server.close();
        }
    }

    private static void assertRefused(int bomb, String problem, String cause) {
        assertThat(refusals).as(String.join("\n", refusals)).hasSize(11);
        assertThat(refusals.get(bomb)).contains(problem, "| cause: ", cause, "| to fix: ");
    }

    @Test
    void refusesAManifestOf150Megabytes() {
        assertRefused(0, "The base image", "with a manifest of more than 4194304 bytes");
    }

    @Test
    void refusesAManifestOfFourMillionLevels() {
        assertRefused(1, "The base image", "at most 100 levels expected");
    }

    @Test
    void refusesAManifestOfAMillionObjects() {
        assertRefused(2, "The base image", "at most 100000 values expected");
    }

    @Test
    void refusesAnErrorOf150Megabytes() {
        assertRefused(3, "may not be read", ": 403");
    }

    @Test
    void refusesATokenOf150Megabytes() {
        assertRefused(4, "The base image", "with more than 1048576 bytes");
    }

    @Test
    void refusesALayerOf4MegabytesThatInflatesTo4Gibibytes() {
        assertRefused(5, "could not be staged; nothing was tagged", "inflates to more than ");
        assertThat(refusals.get(5)).endsWith(ANOTHER);
    }

    @Test
    void refusesALayerOfZstdOf300KilobytesThatInflatesTo4Gibibytes() {
        assertRefused(10, "could not be staged; nothing was tagged", "inflates to more than ");
        assertThat(refusals.get(10)).endsWith(ANOTHER);
    }

    @Test
    void refusesAnAnswerOfAwsOf150Megabytes() {
        assertRefused(6, "Nothing was built or sent", "the answer is longer than 12582912 bytes");
    }

    @Test
    void refusesAnErrorOfAwsOf150Megabytes() {
        assertRefused(7, "Nothing was built or sent", "the answer is longer than 1048576 bytes");
    }

    @Test
    void refusesAHeaderOfAwsWithoutEnd() {
        assertRefused(8, "Nothing was built or sent", "ecr:");
    }

    @Test
    void refusesAHeaderOfARegistryWithoutEnd() {
        assertRefused(9, "The base image", "no answer");
    }
}
