package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionApiTest {
    private final SampleImage a = SampleImage.of("a");
    private final SampleImage b = SampleImage.of("b");
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().start();
        client = new Client(ecr);
        ecr.createRepository("orders");
        ecr.seed("orders", "1.0", a.manifest(), a.blobs());
        ecr.createRepository("fixed", TagMutability.IMMUTABLE);
        ecr.seed("fixed", "1.0", a.manifest(), a.blobs());
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private HttpResponse<String> put(String path, SampleImage image) throws Exception {
        return client.send(client.data(path)
                .header("Content-Type", image.manifest().mediaType())
                .PUT(BodyPublishers.ofByteArray(image.manifest().bytes())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "Basic !!!", "Basic QVdTOndyb25n", "Basic dXNlcjpwYXNz"})
    void turnsAwayWhoIsNotLoggedIn(String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(ecr.endpoint().resolve("/v2/"));

        HttpResponse<String> response =
                client.send(authorization.isEmpty() ? request : request.header("Authorization", authorization));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("Not Authorized\n");
        assertThat(Client.header(response, "Www-Authenticate"))
                .isEqualTo("Basic realm=\"" + ecr.endpoint() + "/\",service=\"ecr.amazonaws.com\"");
        assertThat(Client.header(response, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }

    @Test
    void letsInWhoIsLoggedIn() throws Exception {
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsThatALoginHasExpired() throws Exception {
        ecr.faults().expireLogins();

        assertThat(Client.dataError(client.send("GET", "/v2/")))
                .isEqualTo("403 DENIED: Your authorization token has expired. Reauthenticate and try again.");
    }

    @Test
    void tellsTheDigestOfAManifestToAHeadAlone() throws Exception {
        HttpResponse<String> head = client.send("HEAD", "/v2/orders/manifests/1.0");
        HttpResponse<String> get = client.send("GET", "/v2/orders/manifests/1.0");

        assertThat(Client.header(head, "Docker-Content-Digest"))
                .isEqualTo(a.digest().toString());
        assertThat(Client.header(head, "Content-Length"))
                .isEqualTo(Long.toString(a.manifest().descriptor().size()));
        assertThat(get.headers().map()).doesNotContainKey("docker-content-digest");
        assertThat(get.body()).isEqualTo(a.json().text().orElseThrow());
    }

    @Test
    void convertsAManifestByTagAndNeverByDigest() throws Exception {
        HttpResponse<String> byTag =
                client.send(client.data("/v2/orders/manifests/1.0").header("Accept", MediaTypes.DOCKER_MANIFEST));
        HttpResponse<String> byDigest = client.send(
                client.data("/v2/orders/manifests/" + a.digest()).header("Accept", MediaTypes.DOCKER_MANIFEST));

        assertThat(Client.header(byTag, "Content-Type")).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(byTag.body()).contains(MediaTypes.DOCKER_LAYER_GZIP);
        assertThat(Client.header(byDigest, "Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void answersAPutManifestWithADigestAndNoLocation() throws Exception {
        ecr.seedBlob("orders", b.config());
        ecr.seedBlob("orders", b.layer());

        HttpResponse<String> response = put("/v2/orders/manifests/2.0", b);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(Client.header(response, "Docker-Content-Digest"))
                .isEqualTo(b.digest().toString());
        assertThat(response.headers().map()).doesNotContainKey("location");
        assertThat(ecr.tags("orders")).containsEntry("2.0", b.digest());
    }

    @Test
    void takesAManifestThatIsThereForASuccess() throws Exception {
        assertThat(put("/v2/orders/manifests/1.0", a).statusCode()).isEqualTo(201);
        assertThat(put("/v2/orders/manifests/" + a.digest(), a).statusCode()).isEqualTo(201);
    }

    @Test
    void refusesAnImmutableTagEvenForTheSameDigest() throws Exception {
        assertThat(Client.dataError(put("/v2/fixed/manifests/1.0", a)))
                .isEqualTo("400 TAG_INVALID: The image tag '1.0' already exists in the 'fixed' repository and cannot be"
                        + " overwritten because the tag is immutable.");
    }

    @Test
    void canRefuseAnImmutableTagInEarlierWords() throws Exception {
        try (LocalEcr earlier = LocalEcr.builder().earlyImmutabilityText(true).start()) {
            earlier.createRepository("fixed", TagMutability.IMMUTABLE);
            earlier.seed("fixed", "1.0", a.manifest(), a.blobs());

            assertThatThrownBy(() -> earlier.seed("fixed", "1.0", a.manifest(), a.blobs()))
                    .hasMessageContaining("because the repository is immutable.");
        }
    }

    @Test
    void namesTheBlobsThatAManifestMisses() throws Exception {
        assertThat(Client.dataError(put("/v2/orders/manifests/2.0", b)))
                .startsWith("404 MANIFEST_BLOB_UNKNOWN: Layers with digests '["
                        + b.config().descriptor().digest());
    }

    @Test
    void refusesAManifestUnderAnotherDigest() throws Exception {
        assertThat(Client.dataError(put("/v2/orders/manifests/" + b.digest(), a)))
                .startsWith("400 MANIFEST_INVALID: The image with digest '" + b.digest() + "'");
    }

    @Test
    void takesAnyFlawOfAManifestForUnsupported() throws Exception {
        assertThat(Client.dataError(client.send("PUT", "/v2/orders/manifests/2.0", "{}".getBytes(UTF_8))))
                .isEqualTo("405 UNSUPPORTED: Invalid parameter at 'ImageManifest' failed to satisfy constraint:"
                        + " 'Invalid JSON syntax'");
        assertThat(Client.dataError(put("/v2/orders/manifests/1.0%2Bb", a)))
                .isEqualTo("405 UNSUPPORTED: Invalid parameter at 'imageTag' failed to satisfy constraint:"
                        + " 'must satisfy regular expression '[a-zA-Z0-9-_.]+''");
    }

    @Test
    void refusesAManifestThatIsTooLong() throws Exception {
        assertThat(client.send("PUT", "/v2/orders/manifests/2.0", new byte[(4 << 20) + 1])
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void doesNotKnowAMissingManifestOrRepository() throws Exception {
        assertThat(Client.dataError(client.send("GET", "/v2/orders/manifests/9")))
                .isEqualTo("404 MANIFEST_UNKNOWN: Requested image not found");
        assertThat(Client.dataError(client.send("GET", "/v2/carts/manifests/9")))
                .isEqualTo("404 NAME_UNKNOWN: The repository with name 'carts' does not exist in the registry with id"
                        + " '123456789012'");
    }

    @Test
    void deletesAManifestByDigest() throws Exception {
        assertThat(client.send("DELETE", "/v2/orders/manifests/" + a.digest()).statusCode())
                .isEqualTo(202);
        assertThat(ecr.images("orders")).isEmpty();
    }

    @Test
    void tellsOfABlobWithoutSendingIt() throws Exception {
        HttpResponse<String> response = client.send("HEAD", blob("orders", a.layer()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Client.header(response, "Content-Length"))
                .isEqualTo(Long.toString(a.layer().descriptor().size()));
        assertThat(Client.header(response, "Docker-Content-Digest"))
                .isEqualTo(a.layer().descriptor().digest().toString());
    }

    @Test
    void keepsBlobsPerRepository() throws Exception {
        ecr.createRepository("carts");

        assertThat(client.send("HEAD", blob("carts", a.layer())).statusCode()).isEqualTo(404);
    }

    @Test
    void listsTagsInPages() throws Exception {
        ecr.seed("orders", "2.0", a.manifest(), a.blobs());
        ecr.seed("orders", "3.0", a.manifest(), a.blobs());

        HttpResponse<String> first = client.send("GET", "/v2/orders/tags/list?n=2");
        String next = Client.header(first, "Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
        HttpResponse<String> second = client.send("GET", next);

        assertThat(first.body()).isEqualTo("{\"name\":\"orders\",\"tags\":[\"1.0\",\"2.0\"]}");
        assertThat(second.body()).isEqualTo("{\"name\":\"orders\",\"tags\":[\"3.0\"]}");
        assertThat(Client.header(second, "Link")).isEmpty();
    }

    @Test
    void limitsThePagesOfTags() throws Exception {
        assertThat(Client.dataError(client.send("GET", "/v2/orders/tags/list?n=1001")))
                .isEqualTo("405 UNSUPPORTED: Invalid parameter at 'maxResults' failed to satisfy constraint:"
                        + " 'Member must have value less than or equal to 1000'");
    }

    @Test
    void listsTheRepositories() throws Exception {
        assertThat(client.send("GET", "/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"fixed\",\"orders\"]}");
    }

    @Test
    void doesNotSupportOtherMethods() throws Exception {
        assertThat(Client.dataError(client.send("DELETE", blob("orders", a.layer()))))
                .startsWith("405 UNSUPPORTED");
    }

    @Test
    void recordsWhatItServed() throws Exception {
        ecr.clearRequests();

        client.api(
                "BatchGetImage",
                Json.object()
                        .with("repositoryName", Json.of("orders"))
                        .with("imageIds", Json.array(List.of(Json.object().with("imageTag", Json.of("1.0"))))));
        client.send("HEAD", blob("orders", a.layer()));

        assertThat(ecr.requests())
                .extracting(RecordedRequest::shortKind)
                .containsExactly(
                        "ecr:BatchGetImage",
                        "HEAD /v2/orders/blobs/"
                                + a.layer().descriptor().digest().toString().substring(0, 13));
        assertThat(ecr.requests()).extracting(RecordedRequest::about).containsExactly("orders:1.0", "orders");
        assertThat(ecr.requests())
                .extracting(RecordedRequest::connection)
                .hasSize(2)
                .doesNotContain(0);
        assertThat(ecr.tags("orders")).isEqualTo(Map.of("1.0", a.digest()));
    }

    private static String blob(String repository, Blob blob) {
        return "/v2/" + repository + "/blobs/" + blob.descriptor().digest();
    }
}
