package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageOperationsTest {
    private final SampleImage a = SampleImage.of("a");
    private final SampleImage b = SampleImage.of("b");
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().start();
        client = new Client(ecr);
        ecr.createRepository("orders");
        ecr.createRepository("fixed", TagMutability.IMMUTABLE);
        for (String repository : List.of("orders", "fixed")) {
            for (SampleImage image : List.of(a, b)) {
                ecr.seedBlob(repository, image.config());
                ecr.seedBlob(repository, image.layer());
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private static Json in(String repository) {
        return Json.object().with("repositoryName", Json.of(repository));
    }

    private String put(String repository, SampleImage image, String tag) throws Exception {
        Json request = in(repository).with("imageManifest", image.json());
        var response = client.api("PutImage", tag.isEmpty() ? request : request.with("imageTag", Json.of(tag)));
        return response.statusCode() == 200 ? "200" : Client.error(response);
    }

    private static Json ids(String... ids) {
        return Json.array(List.of(ids).stream()
                .map(id -> {
                    int at = id.indexOf('@');
                    Json named = at == 0
                            ? Json.object()
                            : Json.object().with("imageTag", Json.of(at < 0 ? id : id.substring(0, at)));
                    return at < 0 ? named : named.with("imageDigest", Json.of(id.substring(at + 1)));
                })
                .toList());
    }

    private Json batch(String operation, String... ids) throws Exception {
        var response = client.api(operation, in("orders").with("imageIds", ids(ids)));
        assertThat(response.statusCode()).isEqualTo(200);
        return Client.json(response);
    }

    private static List<String> failures(Json answer) {
        return answer.get("failures").items().stream()
                .map(failure -> failure.get("failureCode").text().orElseThrow())
                .toList();
    }

    @Test
    void givesBackTheExactBytesOfAManifest() throws Exception {
        put("orders", a, "1.0");

        Json image = batch("BatchGetImage", "1.0").get("images").items().get(0);

        assertThat(image.get("imageManifest")).isEqualTo(a.json());
        assertThat(image.get("imageId").get("imageDigest").text())
                .contains(a.digest().toString());
    }

    @Test
    void stagesAnImageWithoutATag() throws Exception {
        assertThat(put("orders", a, "")).isEqualTo("200");

        assertThat(ecr.tags("orders")).isEmpty();
        assertThat(ecr.manifest("orders", a.digest())).contains(a.manifest());
    }

    @Test
    void saysThatTheSameTagAndDigestAreThere() throws Exception {
        put("orders", a, "1.0");

        assertThat(put("orders", a, "1.0"))
                .isEqualTo("400 ImageAlreadyExistsException: Image with digest '" + a.digest()
                        + "' and tag '1.0' already exists in the repository with name 'orders'"
                        + " in registry with id '123456789012'");
    }

    @Test
    void saysThatAnImagePutByDigestIsThere() throws Exception {
        put("orders", a, "1.0");

        assertThat(put("orders", a, "")).startsWith("400 ImageAlreadyExistsException");
    }

    @Test
    void movesATagAndKeepsTheImageThatLosesIt() throws Exception {
        put("orders", a, "1.0");
        put("orders", b, "1.0");

        assertThat(ecr.tags("orders")).isEqualTo(Map.of("1.0", b.digest()));
        assertThat(ecr.images("orders")).containsExactly(a.digest(), b.digest());
    }

    @Test
    void refusesAnImmutableTagEvenForTheSameDigest() throws Exception {
        put("fixed", a, "1.0");

        assertThat(put("fixed", a, "1.0"))
                .isEqualTo("400 ImageTagAlreadyExistsException: The image tag '1.0' already exists in the 'fixed'"
                        + " repository and cannot be overwritten because the tag is immutable.");
    }

    @Test
    void putsANewTagIntoAnImmutableRepository() throws Exception {
        put("fixed", a, "1.0");

        assertThat(put("fixed", a, "2.0")).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "IMMUTABLE_WITH_EXCLUSION, latest-1, 200",
        "IMMUTABLE_WITH_EXCLUSION, 1.0, 400",
        "MUTABLE_WITH_EXCLUSION, latest-1, 400",
        "MUTABLE_WITH_EXCLUSION, 1.0, 200"
    })
    void appliesTheExclusionFilters(TagMutability mutability, String tag, String status) throws Exception {
        ecr.createRepository("mixed", mutability, "latest*");
        ecr.seed("mixed", tag, a.manifest(), a.blobs());
        ecr.seed("mixed", b.manifest(), b.blobs());

        assertThat(put("mixed", b, tag)).startsWith(status);
    }

    @Test
    void refusesAManifestWhoseLayersAreNotThere() throws Exception {
        SampleImage c = SampleImage.of("c");

        assertThat(put("orders", c, "1.0"))
                .isEqualTo("400 LayersNotFoundException: Layers with digests '["
                        + c.config().descriptor().digest() + ", "
                        + c.layer().descriptor().digest()
                        + "]' required for pushing image into repository with name 'orders'"
                        + " in the registry with id '123456789012' do not exist");
    }

    @Test
    void refusesAnIndexWhoseImagesAreNotThere() throws Exception {
        Manifest index = SampleImage.index(a.manifest());
        Json request = in("orders").with("imageManifest", Json.of(new String(index.bytes(), UTF_8)));

        assertThat(Client.error(client.api("PutImage", request)))
                .startsWith("400 ReferencedImagesNotFoundException: Images with digests '[" + a.digest() + "]'");
    }

    @Test
    void refusesAnotherDigestThanTheManifests() throws Exception {
        Json request = in("orders")
                .with("imageManifest", a.json())
                .with("imageDigest", Json.of(b.digest().toString()));

        assertThat(Client.error(client.api("PutImage", request)))
                .startsWith("400 ImageDigestDoesNotMatchException: The image with digest '" + b.digest() + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "{}", "{\"schemaVersion\":2}", "[]"})
    void refusesWhatIsNoManifest(String text) throws Exception {
        assertThat(Client.error(client.api("PutImage", in("orders").with("imageManifest", Json.of(text)))))
                .isEqualTo("400 InvalidParameterException: Invalid parameter at 'ImageManifest' failed to satisfy"
                        + " constraint: 'Invalid JSON syntax'");
    }

    @Test
    void answers200WithAFailureForEachImageThatItCannotGive() throws Exception {
        put("orders", a, "1.0");

        Json answer = batch("BatchGetImage", "1.0", "2.0", "@sha256:12", "not/a/tag", "1.0@" + b.digest());

        assertThat(answer.get("images").items()).hasSize(1);
        assertThat(failures(answer))
                .containsExactly("ImageNotFound", "InvalidImageDigest", "InvalidImageTag", "ImageNotFound");
    }

    @Test
    void tellsATagFromTheDigestThatItDoesNotHave() throws Exception {
        put("orders", a, "1.0");
        put("orders", b, "2.0");

        assertThat(failures(batch("BatchGetImage", "1.0@" + b.digest()))).containsExactly("ImageTagDoesNotMatchDigest");
        assertThat(failures(batch("BatchDeleteImage", "1.0@" + b.digest())))
                .containsExactly("ImageTagDoesNotMatchDigest");
    }

    @Test
    void asksForATagOrADigest() throws Exception {
        assertThat(client.api("BatchGetImage", in("orders").with("imageIds", Json.array(List.of(Json.object()))))
                        .body())
                .contains("MissingDigestAndTag", "both tag and digest cannot be null");
    }

    @Test
    void describesAnImage() throws Exception {
        put("orders", a, "1.0");
        put("orders", a, "2.0");

        Json detail = Client.json(client.api("DescribeImages", in("orders")))
                .get("imageDetails")
                .items()
                .get(0);

        assertThat(detail.get("imageTags")).isEqualTo(Json.texts(List.of("1.0", "2.0")));
        assertThat(detail.get("imageSizeInBytes").number())
                .hasValue(
                        a.config().descriptor().size() + a.layer().descriptor().size());
        assertThat(detail.get("imageManifestMediaType").text()).contains(MediaTypes.OCI_MANIFEST);
    }

    @Test
    void throwsWhereTheOthersOnlyListAFailure() throws Exception {
        assertThat(Client.error(client.api("DescribeImages", in("orders").with("imageIds", ids("1.0")))))
                .isEqualTo(
                        "400 ImageNotFoundException: The image with imageId {imageDigest:'null', imageTag:'1.0'} does"
                                + " not exist within the repository with name 'orders' in the registry with id '123456789012'");
    }

    @Test
    void listsImagesByTagStatus() throws Exception {
        put("orders", a, "1.0");
        put("orders", b, "");
        Json untagged = in("orders").with("filter", Json.object().with("tagStatus", Json.of("UNTAGGED")));

        assertThat(Client.json(client.api("ListImages", in("orders")))
                        .get("imageIds")
                        .items())
                .hasSize(2);
        assertThat(client.api("ListImages", untagged).body())
                .contains(b.digest().toString())
                .doesNotContain(a.digest().toString());
    }

    @Test
    void convertsByTagForWhoAcceptsDockersFormAlone() throws Exception {
        put("orders", a, "1.0");
        Json request = in("orders")
                .with("imageIds", ids("1.0"))
                .with("acceptedMediaTypes", Json.texts(List.of(MediaTypes.DOCKER_MANIFEST)));

        String answer = client.api("BatchGetImage", request).body();

        assertThat(answer)
                .contains(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_LAYER_GZIP)
                .doesNotContain(a.digest().toString());
    }
}
