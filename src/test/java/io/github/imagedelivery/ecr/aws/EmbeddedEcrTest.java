package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.local.TagMutability;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK and the embedded ECR, each of which was written after ECR's documents alone, understand each other. */
class EmbeddedEcrTest {
    private static final RepositoryName ORDERS = new RepositoryName("shop/orders");
    private static final Tag SHA_TAG = new Tag("0123456789abcdef0123456789abcdef01234567");
    private static final Tag VERSION_TAG = new Tag("1.2.0");
    private static final Blob CONFIG = Blob.of(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
    private static final Blob LAYER = Blob.of(MediaTypes.OCI_LAYER, "layer".getBytes(UTF_8));

    private final List<Exchange> exchanges = new ArrayList<>();
    private LocalEcr server;
    private EcrClients clients;
    private Ecr ecr;

    @BeforeEach
    void start() throws Exception {
        server = LocalEcr.builder().start();
        server.createRepository("shop/orders");
        server.seedBlob("shop/orders", CONFIG);
        server.seedBlob("shop/orders", LAYER);
        Map<String, String> variables = server.environment();
        AwsSettings settings = AwsSettings.of(
                Map.of(
                        "aws.accessKeyId", variables.get("AWS_ACCESS_KEY_ID"),
                        "aws.secretAccessKey", variables.get("AWS_SECRET_ACCESS_KEY")),
                variables);
        clients = EcrClients.create(settings, InstantSource.system());
        ecr = clients.open(Optional.empty(), exchanges::add);
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        server.close();
    }

    private static Manifest manifest(String label) throws Exception {
        Json json = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", CONFIG.descriptor().toJson())
                .with("layers", Json.array(List.of(LAYER.descriptor().toJson())))
                .with("annotations", Json.object().with("label", Json.of("größe " + label)));
        return Manifest.parse(json.pretty().getBytes(UTF_8), "");
    }

    @Test
    void stagesPublishesReadsAndUndoes() throws Exception {
        Manifest manifest = manifest("one");

        assertThat(ecr.putImage(ORDERS, manifest)).isEqualTo(Ecr.Put.WRITTEN);
        assertThat(ecr.putImage(ORDERS, manifest)).isEqualTo(Ecr.Put.ALREADY_THERE);
        assertThat(ecr.image(ORDERS, manifest.digest())).contains(manifest);
        assertThat(ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG))).isEmpty();

        assertThat(ecr.putImage(ORDERS, manifest, SHA_TAG)).isEqualTo(Ecr.Put.WRITTEN);
        assertThat(ecr.putImage(ORDERS, manifest, VERSION_TAG)).isEqualTo(Ecr.Put.WRITTEN);
        assertThat(ecr.putImage(ORDERS, manifest, VERSION_TAG)).isEqualTo(Ecr.Put.ALREADY_THERE);
        assertThat(ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG)))
                .isEqualTo(Map.of(SHA_TAG, manifest, VERSION_TAG, manifest));

        assertThat(ecr.deleteTag(ORDERS, VERSION_TAG, manifest("two").digest())).isFalse();
        assertThat(ecr.deleteTag(ORDERS, VERSION_TAG, manifest.digest())).isTrue();
        assertThat(ecr.deleteTag(ORDERS, VERSION_TAG, manifest.digest())).isFalse();
        assertThat(server.tags("shop/orders")).doesNotContainKey("1.2.0");
    }

    @Test
    void knowsWhatIsThere() throws Exception {
        assertThat(ecr.available(ORDERS, List.of(CONFIG.descriptor().digest(), Digest.of(new byte[] {7}))))
                .contains(Set.of(CONFIG.descriptor().digest()));
        assertThat(ecr.describe(ORDERS).isImmutable(VERSION_TAG)).isFalse();
        assertThat(ecr.describe(ORDERS).uri()).isEqualTo(server.registryHost() + "/shop/orders");
    }

    @Test
    void saysInEcrsWordsThatARepositoryIsMissing() {
        assertThatThrownBy(() -> ecr.describe(new RepositoryName("nobody")))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("ecr:DescribeRepositories: RepositoryNotFoundException:"
                        + " The repository with name 'nobody' does not exist in the registry with id '");
    }

    @Test
    void isRefusedATagThatCannotBeMoved() throws Exception {
        server.createRepository("shop/billing", TagMutability.IMMUTABLE);
        RepositoryName billing = new RepositoryName("shop/billing");
        server.seedBlob("shop/billing", CONFIG);
        server.seedBlob("shop/billing", LAYER);
        ecr.putImage(billing, manifest("one"), VERSION_TAG);

        assertThat(ecr.describe(billing).isImmutable(VERSION_TAG)).isTrue();
        assertThatThrownBy(() -> ecr.putImage(billing, manifest("two"), VERSION_TAG))
                .isInstanceOfSatisfying(AwsException.class, e -> {
                    assertThat(e.code()).isEqualTo("ImageTagAlreadyExistsException");
                    assertThat(e.isDefinite()).isTrue();
                });
    }

    @Test
    void findsTheDataPlaneAndLogsInOnce() throws Exception {
        assertThat(ecr.dataPlane()).isEqualTo(server.endpoint());
        assertThat(ecr.login().token()).isNotEmpty();
        assertThat(server.requests()).extracting(RecordedRequest::kind).hasSize(1);
    }

    @Test
    void countsWhatTheServerCounts() throws Exception {
        ecr.describe(ORDERS);
        ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG));

        assertThat(exchanges)
                .extracting(Exchange::request)
                .containsExactly("ecr:DescribeRepositories", "ecr:BatchGetImage");
        assertThat(exchanges)
                .extracting(Exchange::sent)
                .isEqualTo(server.requests().stream()
                        .map(RecordedRequest::received)
                        .toList());
        assertThat(exchanges)
                .extracting(Exchange::received)
                .isEqualTo(server.requests().stream().map(RecordedRequest::sent).toList());
    }
}
