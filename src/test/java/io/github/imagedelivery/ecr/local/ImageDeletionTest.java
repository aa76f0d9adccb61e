package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDeletionTest {
    private final SampleImage a = SampleImage.of("a");
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

    private static Json byTag(String tag) {
        return Json.object().with("imageTag", Json.of(tag));
    }

    private Json byDigest() {
        return Json.object().with("imageDigest", Json.of(a.digest().toString()));
    }

    private static Json delete(Client client, Json id) throws Exception {
        Json request =
                Json.object().with("repositoryName", Json.of("orders")).with("imageIds", Json.array(List.of(id)));
        return Client.json(client.api("BatchDeleteImage", request));
    }

    private static List<String> failures(Json answer) {
        return answer.get("failures").items().stream()
                .map(failure -> failure.get("failureCode").text().orElseThrow())
                .toList();
    }

    @Test
    void untiesATagOfSeveral() throws Exception {
        ecr.seed("orders", "1.0", a.manifest(), a.blobs());
        ecr.seed("orders", "2.0", a.manifest(), a.blobs());

        delete(client, byTag("1.0"));

        assertThat(ecr.tags("orders")).isEqualTo(Map.of("2.0", a.digest()));
    }

    @Test
    void deletesTheImageWithItsLastTag() throws Exception {
        ecr.seed("orders", "1.0", a.manifest(), a.blobs());

        delete(client, byTag("1.0"));

        assertThat(ecr.images("orders")).isEmpty();
    }

    @Test
    void deletesTheImageAndAllTagsByDigest() throws Exception {
        ecr.seed("orders", "1.0", a.manifest(), a.blobs());
        ecr.seed("orders", "2.0", a.manifest(), a.blobs());

        Json answer = delete(client, byDigest());

        assertThat(answer.get("imageIds").items()).hasSize(2);
        assertThat(ecr.images("orders")).isEmpty();
    }

    @Test
    void keepsTheLastTagOfAnImageThatAnIndexRefersTo() throws Exception {
        ecr.seed("orders", "amd64", a.manifest(), a.blobs());
        ecr.seed("orders", "1.0", SampleImage.index(a.manifest()), List.of());

        assertThat(failures(delete(client, byTag("amd64")))).containsExactly("ImageReferencedByManifestList");
        assertThat(ecr.tags("orders")).containsKeys("amd64", "1.0");
    }

    @ParameterizedTest
    @CsvSource({"UNTIES_TAG, 1", "DELETES_IMAGE, 0"})
    void deletesATagWithItsDigestInOneOfTwoWays(PairDeletion way, int left) throws Exception {
        try (LocalEcr other = LocalEcr.builder().pairDeletion(way).start()) {
            Json tagAndDigest = byTag("1.0").with("imageDigest", byDigest().get("imageDigest"));
            other.createRepository("orders");
            other.seed("orders", "1.0", a.manifest(), a.blobs());
            other.seed("orders", "2.0", a.manifest(), a.blobs());

            delete(new Client(other), tagAndDigest);

            assertThat(other.tags("orders")).hasSize(left);
            assertThat(other.images("orders")).hasSize(left);
        }
    }
}
