package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a registry that others wrote, with and without a password. */
class DockerRegistryContractTest {
    private static final Authorization BASIC = stale -> "Basic "
            + Base64.getEncoder().encodeToString((DockerRegistry.USER + ":" + DockerRegistry.PASSWORD).getBytes(UTF_8));
    private static final Random RANDOM = new Random(42);

    @TempDir
    static Path openDir;

    @TempDir
    static Path closedDir;

    private static DockerRegistry open;
    private static DockerRegistry closed;

    private final Registries registries = Registries.create(Registries.Settings.DEFAULTS);
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        DockerRegistry.assumeInstalled("docker-registry", "skopeo");
        open = DockerRegistry.start(openDir, false);
        closed = DockerRegistry.start(closedDir, true);
    }

    @AfterAll
    static void stop() throws IOException {
        for (DockerRegistry registry : new DockerRegistry[] {open, closed}) {
            if (registry != null) {
                registry.close();
            }
        }
    }

    @Test
    void pushesANewBlobInTwoRequestsAndReadsItBack() throws Exception {
        Repository repository = repository(open, "orders", Authorization.ANONYMOUS);
        Blob blob = blob(3_000_000);

        assertThat(repository.has(blob.descriptor().digest())).isFalse();
        assertThat(repository.push(blob, Optional.empty())).isEqualTo(Repository.Arrival.UPLOADED);
        assertThat(repository.has(blob.descriptor().digest())).isTrue();
        assertThat(read(repository, blob)).isEqualTo(blob.open().readAllBytes());
        assertThat(exchanges)
                .extracting(e -> e.request() + " " + e.status() + " " + e.sent() + "/" + e.received())
                .containsExactly(
                        "HEAD /v2/orders/blobs/" + blob.descriptor().digest() + " 404 0/0",
                        "POST /v2/orders/blobs/uploads/ 202 0/0",
                        "PUT /v2/orders/blobs/uploads/<session> 201 3000000/0",
                        "HEAD /v2/orders/blobs/" + blob.descriptor().digest() + " 200 0/0",
                        "GET /v2/orders/blobs/" + blob.descriptor().digest() + " 200 0/3000000");
    }

    @Test
    void pushesWithAPassword() throws Exception {
        Repository repository = repository(closed, "orders", BASIC);
        Blob blob = blob(100_000);

        assertThat(repository.push(blob, Optional.empty())).isEqualTo(Repository.Arrival.UPLOADED);
        assertThat(read(repository, blob)).isEqualTo(blob.open().readAllBytes());
        assertThat(exchanges).allMatch(e -> e.status() < 300);
    }

    @Test
    void isTurnedAwayWithoutThePassword() throws Exception {
        Repository anonymous = repository(closed, "orders", Authorization.ANONYMOUS);
        Repository mistaken = repository(closed, "orders", stale -> "Basic QVdTOndyb25n");

        assertThatThrownBy(() -> anonymous.has(blob(1).descriptor().digest()))
                .hasMessageContaining("401 the registry asks for a user name and a password");
        assertThat(catchThrowableOfType(RegistryException.class, () -> mistaken.push(blob(1), Optional.empty())))
                .hasMessageContaining("401 UNAUTHORIZED")
                .hasMessageNotContaining("QVdTOndyb25n");
    }

    @Test
    void mountsABlobOfAnotherRepositoryWithoutSendingAByte() throws Exception {
        Blob blob = blob(500_000);
        repository(open, "team/base", Authorization.ANONYMOUS).push(blob, Optional.empty());
        exchanges.clear();
        Repository target = repository(open, "team/mounting", Authorization.ANONYMOUS);

        assertThat(target.push(blob, Optional.of(new RepositoryName("team/base"))))
                .isEqualTo(Repository.Arrival.MOUNTED);
        assertThat(target.has(blob.descriptor().digest())).isTrue();
        assertThat(exchanges).hasSize(2).allMatch(e -> e.sent() == 0);
    }

    @Test
    void uploadsInTheSessionOfAMountThatFoundNothing() throws Exception {
        Blob blob = blob(500_000);
        Repository target = repository(open, "team/mounting", Authorization.ANONYMOUS);

        assertThat(target.push(blob, Optional.of(new RepositoryName("team/nothing"))))
                .isEqualTo(Repository.Arrival.UPLOADED);
        assertThat(exchanges).extracting(Exchange::status).containsExactly(202, 201);
    }

    @Test
    void pushesABlobAgainThatIsThereAlready() throws Exception {
        Repository repository = repository(open, "orders", Authorization.ANONYMOUS);
        Blob blob = blob(1000);
        repository.push(blob, Optional.empty());

        assertThat(repository.push(blob, Optional.empty())).isEqualTo(Repository.Arrival.UPLOADED);
    }

    @Test
    void commitsNothingOfAWrongSource() throws Exception {
        Repository repository = repository(open, "orders", Authorization.ANONYMOUS);
        Blob right = blob(100_000);
        byte[] wrong = right.open().readAllBytes();
        wrong[0]++;
        Blob lying = new Blob() {
            @Override
            public Descriptor descriptor() {
                return right.descriptor();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(wrong);
            }
        };

        assertThatThrownBy(() -> repository.push(lying, Optional.empty())).hasMessageContaining("hashes to");
        assertThat(repository.has(right.descriptor().digest())).isFalse();
        assertThat(repository.has(Digest.of(wrong))).isFalse();
    }

    @Test
    void readsAnImageThatSkopeoPushed(@TempDir Path layout) throws Exception {
        Blob config =
                Blob.of(MediaTypes.OCI_CONFIG, """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted("0".repeat(64)).getBytes(UTF_8));
        Blob layer = blob(200_000);
        Manifest written = writeLayout(layout, config, layer);
        closed.copyFrom(layout + ":1.0", "team/base:1.0");
        Repository repository = repository(closed, "team/base", BASIC);

        Manifest manifest = repository.manifest("1.0");

        assertThat(manifest).isEqualTo(written);
        assertThat(repository.manifest(written.digest().toString())).isEqualTo(written);
        assertThat(manifest.config()).hasValue(config.descriptor());
        assertThat(read(repository, config)).isEqualTo(config.open().readAllBytes());
        assertThat(read(repository, layer)).isEqualTo(layer.open().readAllBytes());
        RegistryException unknown =
                catchThrowableOfType(RegistryException.class, () -> repository.manifest("no-such-tag"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("MANIFEST_UNKNOWN");
    }

    private Repository repository(DockerRegistry registry, String name, Authorization authorization)
            throws RegistryException {
        return registries.open(registry.uri(), new RepositoryName(name), authorization, exchanges::add);
    }

    private static byte[] read(Repository repository, Blob blob) throws Exception {
        try (InputStream in = repository.open(blob.descriptor())) {
            return in.readAllBytes();
        }
    }

    private static Blob blob(int length) {
        byte[] content = new byte[length];
        RANDOM.nextBytes(content);
        return Blob.of(MediaTypes.OCI_LAYER, content);
    }

    private static Manifest writeLayout(Path layout, Blob config, Blob layer) throws Exception {
        byte[] bytes = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.descriptor().toJson())
                .with("layers", Json.array(List.of(layer.descriptor().toJson())))
                .bytes();
        Manifest manifest = Manifest.parse(bytes, "");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        for (Blob blob : List.of(config, layer, Blob.of(MediaTypes.OCI_MANIFEST, bytes))) {
            Files.write(
                    blobs.resolve(blob.descriptor().digest().encoded()),
                    blob.open().readAllBytes());
        }
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Json entry = manifest.descriptor()
                .toJson()
                .with("annotations", Json.object().with("org.opencontainers.image.ref.name", Json.of("1.0")));
        Files.write(
                layout.resolve("index.json"),
                Json.object()
                        .with("schemaVersion", Json.of(2))
                        .with("manifests", Json.array(List.of(entry)))
                        .bytes());
        return manifest;
    }
}
