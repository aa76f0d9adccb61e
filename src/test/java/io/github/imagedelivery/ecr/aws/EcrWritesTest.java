package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static io.github.imagedelivery.ecr.aws.EcrFixture.VERSION_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.image;
import static io.github.imagedelivery.ecr.aws.EcrFixture.manifest;
import static io.github.imagedelivery.ecr.aws.EcrFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations that change a repository. */
class EcrWritesTest {
    private static final Digest BLOB = Digest.of(new byte[] {1});

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private final ScriptedEcr server = fixture.server;
    private final Ecr ecr = fixture.ecr;

    @Test
    void storesAManifestByDigest() throws Exception {
        Manifest manifest = manifest("one");
        server.on("PutImage", stored(manifest));

        assertThat(ecr.putImage(ORDERS, manifest)).isEqualTo(Ecr.Put.WRITTEN);
        assertThat(server.onlyRequest().body())
                .isEqualTo(Json.object()
                        .with("registryId", Json.of("123456789012"))
                        .with("repositoryName", Json.of("shop/orders"))
                        .with("imageManifest", image(manifest, "").get("imageManifest"))
                        .with("imageManifestMediaType", Json.of(MediaTypes.OCI_MANIFEST))
                        .with("imageDigest", Json.of(manifest.digest().toString())));
    }

    @Test
    void pointsATagAtAnImage() throws Exception {
        Manifest manifest = manifest("one");
        server.on("PutImage", stored(manifest));

        assertThat(ecr.putImage(ORDERS, manifest, VERSION_TAG)).isEqualTo(Ecr.Put.WRITTEN);
        assertThat(server.onlyRequest().body().get("imageTag").text()).contains("1.2.0");
    }

    @Test
    void seesThatTheImageIsThereAlready() throws Exception {
        server.on("PutImage", Reply.error("ImageAlreadyExistsException", "Image with digest 'D' already exists"));

        assertThat(ecr.putImage(ORDERS, manifest("one"))).isEqualTo(Ecr.Put.ALREADY_THERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'image':{}}", "{'image':{'imageId':{'imageDigest':'sha256:00'}}}"})
    void doesNotTakeAnotherAcknowledgementForItsOwn(String answer) {
        server.on("PutImage", Reply.ok(answer));

        assertThatThrownBy(() -> ecr.putImage(ORDERS, manifest("one")))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.isDefinite()).isFalse())
                .hasMessageContaining("the answer acknowledges");
    }

    @Test
    void removesATagThatPointsAtTheDigest() throws Exception {
        server.on("BatchDeleteImage", Reply.ok("{'imageIds':[{'imageDigest':'" + BLOB + "','imageTag':'1.2.0'}]}"));

        assertThat(ecr.deleteTag(ORDERS, VERSION_TAG, BLOB)).isTrue();
        assertThat(server.onlyRequest().body().get("imageIds"))
                .hasToString("[{\"imageDigest\":\"" + BLOB + "\",\"imageTag\":\"1.2.0\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImageNotFound", "ImageTagDoesNotMatchDigest"})
    void leavesATagThatIsGoneOrPointsElsewhere(String code) throws Exception {
        server.on("BatchDeleteImage", Reply.ok("{'failures':[{'failureCode':'" + code + "'}]}"));

        assertThat(ecr.deleteTag(ORDERS, VERSION_TAG, BLOB)).isFalse();
    }

    @Test
    void saysThatTheTagsImageIsInAnIndex() {
        server.on(
                "BatchDeleteImage",
                Reply.ok(
                        "{'failures':[{'failureCode':'ImageReferencedByManifestList','failureReason':'Referenced'}]}"));

        assertThatThrownBy(() -> ecr.deleteTag(ORDERS, VERSION_TAG, BLOB))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.isDefinite()).isTrue())
                .hasMessage("ecr:BatchDeleteImage: ImageReferencedByManifestList: Referenced");
    }

    @Test
    void doesNotKnowWhetherATagIsRemovedThatTheAnswerDoesNotMention() {
        server.on("BatchDeleteImage", Reply.ok("{}"));

        assertThatThrownBy(() -> ecr.deleteTag(ORDERS, VERSION_TAG, BLOB))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.isDefinite()).isFalse());
    }
}
