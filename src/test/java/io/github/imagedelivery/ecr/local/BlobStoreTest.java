package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobStoreTest {
    private final SampleImage image = SampleImage.of("a");
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().start();
        client = new Client(ecr);
        ecr.createRepository("orders");
        ecr.seedBlob("orders", image.config());
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private String blob() {
        return "/v2/orders/blobs/" + image.config().descriptor().digest();
    }

    @Test
    void isWhereADownloadIsSentOnTo() throws Exception {
        HttpResponse<String> redirect = client.send("GET", blob());
        URI location = URI.create(Client.header(redirect, "Location"));

        assertThat(redirect.statusCode()).isEqualTo(307);
        assertThat(location.getPort()).isNotEqualTo(ecr.endpoint().getPort());
        assertThat(client.get(location).body().getBytes(UTF_8))
                .isEqualTo(image.config().open().readAllBytes());
    }

    @Test
    void refusesTheRegistrysCredentials() throws Exception {
        HttpResponse<String> redirect = client.send("GET", blob());

        HttpResponse<String> response = client.send("GET", Client.header(redirect, "Location"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Only one auth mechanism allowed");
    }

    @Test
    void refusesToChangeAnything() throws Exception {
        HttpResponse<String> redirect = client.send("GET", blob());
        URI signed = URI.create(Client.header(redirect, "Location"));

        assertThat(client.send(HttpRequest.newBuilder(signed).DELETE()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void refusesAnUnsignedUrl() throws Exception {
        HttpResponse<String> redirect = client.send("GET", blob());
        String unsigned = Client.header(redirect, "Location").replaceFirst("Signature=.*", "Signature=x");

        assertThat(client.get(URI.create(unsigned)).statusCode()).isEqualTo(403);
    }
}
