package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded ECR with a certificate, asked by a client that trusts it. */
class EcrOverHttpsTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private LocalEcr ecr;
    private HttpClient http;
    private Client client;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        Certificate certificate = Certificate.make(directory, "localhost");
        ecr = LocalEcr.builder().tls(certificate.context()).start();
        ecr.createRepository("orders");
        http = HttpClient.newBuilder().sslContext(certificate.context()).build();
        client = new Client(ecr);
    }

    @AfterEach
    void close() throws IOException {
        ecr.close();
    }

    @Test
    void saysHttpsInItsAddresses() {
        String address = "https://localhost:" + ecr.endpoint().getPort();

        assertThat(ecr.endpoint()).isEqualTo(URI.create(address));
        assertThat(ecr.registryHost()).isEqualTo(address.substring("https://".length()));
        assertThat(ecr.environment())
                .containsEntry("AWS_ENDPOINT_URL_ECR", address)
                .containsEntry("AWS_ENDPOINT_URL_STS", address);
    }

    @Test
    void namesTheRegistryThatALoginIsForWithHttps() throws Exception {
        HttpResponse<String> login = send(client.api("GetAuthorizationToken")
                .header("Authorization", Client.signature("ecr"))
                .header("X-Amz-Date", "20261123T120000Z")
                .POST(BodyPublishers.ofByteArray(Json.object().bytes())));

        assertThat(login.body()).contains("\"proxyEndpoint\":\"" + ecr.endpoint() + "\"");
    }

    @Test
    void takesAndGivesABlobAtHttpsAddressesAlone() throws Exception {
        String session =
                Client.header(send(client.data("/v2/orders/blobs/uploads/").POST(BodyPublishers.noBody())), "Location");
        assertThat(session).startsWith(ecr.endpoint() + "/v2/orders/");
        HttpResponse<String> put =
                send(client.data(session + "?digest=" + Digest.of(CONTENT)).PUT(BodyPublishers.ofByteArray(CONTENT)));
        assertThat(put.statusCode()).isEqualTo(201);

        String stored = Client.header(send(client.data("/v2/orders/blobs/" + Digest.of(CONTENT))), "Location");
        assertThat(stored).startsWith("https://localhost:");
        assertThat(send(HttpRequest.newBuilder(URI.create(stored))).body()).isEqualTo("content");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
