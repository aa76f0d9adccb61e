package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {
    private final SampleImage a = SampleImage.of("a");
    private final SampleImage b = SampleImage.of("b");

    @TempDir
    Path root;

    private LocalEcr start() throws IOException {
        return LocalEcr.builder().storage(root).start();
    }

    @Test
    void survivesARestart() throws Exception {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
        try (LocalEcr ecr = LocalEcr.builder().storage(root).clock(clock).start()) {
            ecr.createRepository("team/orders", TagMutability.IMMUTABLE_WITH_EXCLUSION, "latest*");
            ecr.seed("team/orders", "1.0", a.manifest(), a.blobs());
            ecr.seed("team/orders", "1.1", a.manifest(), List.of());
            ecr.seed("team/orders", b.manifest(), b.blobs());
        }

        try (LocalEcr ecr = start()) {
            assertThat(ecr.repositories()).containsExactly("team/orders");
            assertThat(ecr.tags("team/orders")).isEqualTo(Map.of("1.0", a.digest(), "1.1", a.digest()));
            assertThat(ecr.images("team/orders")).containsExactly(a.digest(), b.digest());
            assertThat(ecr.blob("team/orders", b.layer().descriptor().digest()))
                    .isEqualTo(b.layer().open().readAllBytes());
            Client client = new Client(ecr);
            assertThat(client.api("DescribeRepositories", Json.object()).body())
                    .contains("IMMUTABLE_WITH_EXCLUSION", "latest*", "\"createdAt\":1.7954352E9");
            assertThat(client.api("DescribeImages", Json.object().with("repositoryName", Json.of("team/orders")))
                            .body())
                    .contains("\"imagePushedAt\":1.7954352E9");
        }
    }

    @Test
    void writesAnImageLayout() throws Exception {
        try (LocalEcr ecr = start()) {
            ecr.createRepository("orders");
            ecr.seed("orders", "1.0", a.manifest(), a.blobs());
            ecr.seed("orders", b.manifest(), b.blobs());
        }

        Json index = Json.parse(Files.readString(root.resolve("orders/index.json")));

        assertThat(root.resolve("orders/oci-layout")).content().contains("\"imageLayoutVersion\": \"1.0.0\"");
        assertThat(index.get("manifests").items())
                .extracting(entry -> entry.get("annotations")
                        .get("org.opencontainers.image.ref.name")
                        .text()
                        .orElse("none"))
                .containsExactly("1.0", "none");
        assertThat(blob("orders", a.digest())).hasBinaryContent(a.manifest().bytes());
    }

    @Test
    void removesADeletedImageFromTheLayout() throws Exception {
        try (LocalEcr ecr = start()) {
            ecr.createRepository("orders");
            ecr.seed("orders", "1.0", a.manifest(), a.blobs());

            new Client(ecr).send("DELETE", "/v2/orders/manifests/" + a.digest());
        }

        assertThat(root.resolve("orders/index.json")).content().contains("\"manifests\": []");
        assertThat(blob("orders", a.digest())).doesNotExist();
    }

    @Test
    void forgetsUploadsThatWereNotFinished() throws Exception {
        try (LocalEcr ecr = start()) {
            ecr.createRepository("orders");
            Client client = new Client(ecr);
            HttpResponse<String> session = client.send("POST", "/v2/orders/blobs/uploads/");
            client.send("PATCH", Client.header(session, "Location"), new byte[1000]);
            assertThat(incoming()).hasSize(1);
        }

        start().close();

        assertThat(incoming()).isEmpty();
    }

    @Test
    void forgetsAnUploadThatWasLeftForADay() throws Exception {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
        try (LocalEcr ecr = LocalEcr.builder()
                .storage(root)
                .clock(clock)
                .tokenLifetime(Duration.ofDays(9))
                .start()) {
            ecr.createRepository("orders");
            Client client = new Client(ecr);
            String left = Client.header(client.send("POST", "/v2/orders/blobs/uploads/"), "Location");
            client.send("PATCH", left, new byte[1000]);
            clock.move(Duration.ofHours(24));
            client.send("POST", "/v2/orders/blobs/uploads/");
            assertThat(incoming()).hasSize(1);

            clock.move(Duration.ofSeconds(1));
            client.send("POST", "/v2/orders/blobs/uploads/");

            assertThat(incoming()).isEmpty();
            assertThat(Client.dataError(client.send("PATCH", left, new byte[10])))
                    .startsWith("404 BLOB_UPLOAD_UNKNOWN");
        }
    }

    @Test
    void readsADirectoryThatIsCalledLikeAPartOfALayout() throws Exception {
        Path blobs = root.resolve("blobs");
        try (LocalEcr ecr = LocalEcr.builder().storage(blobs).start()) {
            ecr.createRepository("orders");
        }

        try (LocalEcr ecr = LocalEcr.builder().storage(blobs).start()) {
            assertThat(ecr.repositories()).containsExactly("orders");
        }
    }

    @Test
    void saysThatItFailed() throws Exception {
        try (LoggedWarnings logged = new LoggedWarnings(Door.class);
                LocalEcr ecr = start()) {
            ecr.createRepository("orders");
            Client client = new Client(ecr);
            HttpResponse<String> session = client.send("POST", "/v2/orders/blobs/uploads/");
            Files.delete(root.resolve(".incoming"));

            assertThat(Client.dataError(client.send("PATCH", Client.header(session, "Location"), new byte[10])))
                    .isEqualTo("500 ServerException: The storage of the registry failed.");
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .startsWith("the storage of the embedded ECR failed: java.nio.file.NoSuchFileException");
        }
    }

    @Test
    void copiesAMountedBlob() throws Exception {
        try (LocalEcr ecr = start()) {
            ecr.createRepository("base");
            ecr.createRepository("orders");
            ecr.seed("base", "1", a.manifest(), a.blobs());
            Digest layer = a.layer().descriptor().digest();

            new Client(ecr).send("POST", "/v2/orders/blobs/uploads/?from=base&mount=" + layer);

            assertThat(blob("orders", layer)).hasBinaryContent(a.layer().open().readAllBytes());
        }
    }

    @Test
    void isUsedByOneAtATime() throws Exception {
        try (LocalEcr first = start()) {
            assertThat(first.repositories()).isEmpty();
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("another embedded ECR is using the directory");
        }
        start().close();
    }

    @Test
    void saysWhichLayoutItCannotRead() throws Exception {
        Files.createDirectories(root.resolve("orders"));
        Files.writeString(root.resolve("orders/index.json"), "{", StandardCharsets.UTF_8);

        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the image layout in " + root.resolve("orders") + " cannot be read");
    }

    private Path blob(String repository, Digest digest) {
        return root.resolve(repository).resolve("blobs/sha256").resolve(digest.encoded());
    }

    private List<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(".incoming"))) {
            return files.toList();
        }
    }
}
