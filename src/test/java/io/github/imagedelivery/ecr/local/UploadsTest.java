package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private static final byte[] CONTENT = "some layer".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(CONTENT);

    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().start();
        client = new Client(ecr);
        ecr.createRepository("orders");
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private String session() throws Exception {
        return Client.header(client.send("POST", "/v2/orders/blobs/uploads/"), "Location");
    }

    private HttpResponse<String> patch(String location, String content, String range) throws Exception {
        return client.send(
                client.data(location).header("Content-Range", range).method("PATCH", BodyPublishers.ofString(content)));
    }

    @Test
    void opensASessionUnderAnAbsoluteLocation() throws Exception {
        HttpResponse<String> response = client.send("POST", "/v2/orders/blobs/uploads/");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(Client.header(response, "Location")).startsWith(ecr.endpoint() + "/v2/orders/blobs/uploads/");
        assertThat(Client.header(response, "OCI-Chunk-Min-Length")).isEqualTo("10485760");
    }

    @Test
    void takesAWholeBlobInOnePut() throws Exception {
        HttpResponse<String> response = client.send("PUT", session() + "?digest=" + DIGEST, CONTENT);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(Client.header(response, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        assertThat(ecr.blob("orders", DIGEST)).isEqualTo(CONTENT);
    }

    @Test
    void takesABodyOfUnknownLength() throws Exception {
        client.send(client.data(session() + "?digest=" + DIGEST)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(CONTENT))));

        assertThat(ecr.blob("orders", DIGEST)).isEqualTo(CONTENT);
    }

    @Test
    void answersAPatchWith201AndLeavesTheRangeWhereTheFirstOneWas() throws Exception {
        String location = session();

        HttpResponse<String> first = patch(location, "some", "0-3");
        HttpResponse<String> second = patch(location, " lay", "4-7");
        HttpResponse<String> end = client.send(client.data(location + "?digest=" + DIGEST)
                .header("Content-Range", "8-9")
                .PUT(BodyPublishers.ofString("er")));

        assertThat(List.of(first.statusCode(), second.statusCode(), end.statusCode()))
                .containsOnly(201);
        assertThat(Client.header(first, "Range")).isEqualTo("0-3");
        assertThat(Client.header(second, "Range")).isEqualTo("0-3");
        assertThat(ecr.blob("orders", DIGEST)).isEqualTo(CONTENT);
    }

    @Test
    void refusesTheSamePartAgain() throws Exception {
        String location = session();
        patch(location, "some", "0-3");

        assertThat(Client.dataError(patch(location, "some", "0-3")))
                .isEqualTo("416 BLOB_UPLOAD_INVALID: First byte of the layer part is 0 instead of 4");
        assertThat(client.send("PUT", location + "?digest=" + DIGEST, CONTENT).statusCode())
                .isEqualTo(416);
    }

    @Test
    void refusesContentOfAnotherDigest() throws Exception {
        assertThat(Client.dataError(client.send("PUT", session() + "?digest=" + Digest.of(new byte[0]), CONTENT)))
                .isEqualTo(
                        "400 BLOB_UPLOAD_INVALID: None of the provided layer digests match the calculated layer digest");
        assertThat(ecr.hasBlob("orders", DIGEST)).isFalse();
    }

    @Test
    void doesNotTellTheStatusOfASession() throws Exception {
        assertThat(client.send("GET", session()).statusCode()).isEqualTo(404);
    }

    @Test
    void endsASessionWithItsBlob() throws Exception {
        String location = session();
        client.send("PUT", location + "?digest=" + DIGEST, CONTENT);

        assertThat(Client.dataError(client.send("PUT", location + "?digest=" + DIGEST, CONTENT)))
                .startsWith("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void hangsUpOnAPostToAMissingRepository() {
        assertThatThrownBy(() -> client.send("POST", "/v2/carts/blobs/uploads/"))
                .isInstanceOf(IOException.class);
        assertThat(ecr.requests()).last().extracting(RecordedRequest::status).isEqualTo(0);
    }

    @Test
    void canCreateTheRepositoryOnPush() throws Exception {
        try (LocalEcr creating = LocalEcr.builder().createOnPush(true).start()) {
            assertThat(new Client(creating)
                            .send("POST", "/v2/carts/blobs/uploads/")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(creating.repositories()).containsExactly("carts");
        }
    }

    @Test
    void mountsABlobOfAnImage() throws Exception {
        SampleImage image = seedBase();

        HttpResponse<String> response = client.send("POST", mount(image));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(ecr.hasBlob("orders", image.layer().descriptor().digest())).isTrue();
    }

    @Test
    void opensASessionInsteadOfMountingABlobOfNoImage() throws Exception {
        SampleImage image = SampleImage.of("base");
        ecr.createRepository("base");
        ecr.seedBlob("base", image.layer());

        assertThat(client.send("POST", mount(image)).statusCode()).isEqualTo(202);
        assertThat(client.send("POST", mount(image).replaceFirst("&from=.*", ""))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void opensASessionWhereMountingIsOff() throws Exception {
        ecr.close();
        ecr = LocalEcr.builder().blobMounting(false).start();
        client = new Client(ecr);
        ecr.createRepository("orders");

        assertThat(client.send("POST", mount(seedBase())).statusCode()).isEqualTo(202);
    }

    private SampleImage seedBase() throws IOException {
        SampleImage image = SampleImage.of("base");
        ecr.createRepository("base");
        ecr.seed("base", image.manifest(), image.blobs());
        return image;
    }

    private static String mount(SampleImage image) {
        return "/v2/orders/blobs/uploads/?mount=" + image.layer().descriptor().digest() + "&from=base";
    }
}
