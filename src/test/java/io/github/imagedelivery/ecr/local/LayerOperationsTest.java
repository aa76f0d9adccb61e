package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerOperationsTest {
    private static final Json IN_ORDERS = Json.object().with("repositoryName", Json.of("orders"));

    private final SampleImage a = SampleImage.of("a");
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().start();
        client = new Client(ecr);
        ecr.createRepository("orders");
        ecr.seedBlob("orders", a.layer());
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    @Test
    void tellsWhichLayersAreThere() throws Exception {
        String there = a.layer().descriptor().digest().toString();
        String absent = Digest.of(new byte[0]).toString();

        Json answer = Client.json(client.api(
                "BatchCheckLayerAvailability",
                IN_ORDERS.with("layerDigests", Json.texts(List.of(there, absent, "sha256:1")))));

        assertThat(answer.get("layers").items())
                .extracting(layer -> layer.get("layerAvailability").text().orElseThrow())
                .containsExactly("AVAILABLE", "UNAVAILABLE");
        assertThat(answer.get("failures").toString()).contains("InvalidLayerDigest");
    }

    @Test
    void beginsAnUploadOfARepositoryThatIsThere() throws Exception {
        assertThat(Client.json(client.api("InitiateLayerUpload", IN_ORDERS))
                        .get("uploadId")
                        .text())
                .isPresent();
        assertThat(Client.error(
                        client.api("InitiateLayerUpload", Json.object().with("repositoryName", Json.of("nobody")))))
                .contains("RepositoryNotFoundException");
    }

    @Test
    void takesAtMostAHundredLayersAtOnce() throws Exception {
        List<String> many = Collections.nCopies(101, Digest.of(new byte[0]).toString());

        assertThat(Client.error(
                        client.api("BatchCheckLayerAvailability", IN_ORDERS.with("layerDigests", Json.texts(many)))))
                .startsWith("400 InvalidParameterException");
    }

    @Test
    void canBeAnEmulatorThatKnowsNoLayerAvailability() throws Exception {
        try (LocalEcr emulator = LocalEcr.builder().layerAvailability(false).start()) {
            assertThat(Client.error(new Client(emulator).api("BatchCheckLayerAvailability", IN_ORDERS)))
                    .startsWith("400 UnknownOperationException");
        }
    }
}
