package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static io.github.imagedelivery.ecr.aws.EcrFixture.SHA_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.VERSION_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.failure;
import static io.github.imagedelivery.ecr.aws.EcrFixture.image;
import static io.github.imagedelivery.ecr.aws.EcrFixture.images;
import static io.github.imagedelivery.ecr.aws.EcrFixture.manifest;
import static io.github.imagedelivery.ecr.aws.EcrFixture.notFound;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.aws.ScriptedEcr.Request;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The operations that read repositories and images, and what is true of all. */
class EcrReadsTest {
    private static final Digest BLOB = Digest.of(new byte[] {1});

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private final ScriptedEcr server = fixture.server;
    private final Ecr ecr = fixture.ecr;

    @Test
    void describesARepository() throws Exception {
        server.on("DescribeRepositories", Reply.ok("""
                {'repositories':[{'repositoryName':'shop/orders','createdAt':1.4785326E9,
                 'repositoryUri':'123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/orders',
                 'imageTagMutability':'IMMUTABLE_WITH_EXCLUSION',
                 'imageTagMutabilityExclusionFilters':[{'filterType':'WILDCARD','filter':'*-SNAPSHOT'}]}]}"""));

        assertThat(ecr.describe(ORDERS))
                .isEqualTo(new RepositoryDescription(
                        ORDERS,
                        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/orders",
                        "IMMUTABLE_WITH_EXCLUSION",
                        List.of("*-SNAPSHOT")));
        assertThat(server.onlyRequest().body())
                .hasToString("{\"registryId\":\"123456789012\",\"repositoryNames\":[\"shop/orders\"]}");
    }

    @Test
    void refusesAnAnswerWithANullInAList() {
        server.on("DescribeRepositories", Reply.ok("{'repositories':[null]}"));

        assertThatThrownBy(() -> ecr.describe(ORDERS))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("a null among the items of a list");
    }

    @Test
    void refusesAnAnswerWithATagThatCannotBe() {
        server.on("DescribeImages", Reply.ok("{'imageDetails':[{'imageTags':['1.2.0','a b']}]}"));

        assertThatThrownBy(() -> ecr.tagsOf(ORDERS, BLOB))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("\"a b\" is not a legal tag");
    }

    @Test
    void signsForTheRegionOfTheRegistryWithTheKeysGiven() throws Exception {
        server.on("DescribeRepositories", Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}"));

        ecr.describe(ORDERS);

        Request request = server.onlyRequest();
        assertThat(request.headers().getFirst("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
                .contains("/eu-central-1/ecr/aws4_request");
        assertThat(request.headers().getFirst("X-Amz-Security-Token")).isEqualTo("canary-session");
    }

    @Test
    void takesARepositoryThatSaysNothingOfMutabilityForMutable() throws Exception {
        server.on("DescribeRepositories", Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}"));

        assertThat(ecr.describe(ORDERS).isImmutable(VERSION_TAG)).isFalse();
    }

    @Test
    void refusesADescriptionOfAnotherRepository() {
        server.on("DescribeRepositories", Reply.ok("{'repositories':[{'repositoryName':'other'}]}"));

        assertThatThrownBy(() -> ecr.describe(ORDERS))
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr:DescribeRepositories: the answer does not describe \"shop/orders\"");
    }

    @Test
    void readsBothTagsInOneRequestByteForByte() throws Exception {
        Manifest one = manifest("one");
        Manifest two = manifest("two");
        server.on("BatchGetImage", images(List.of(image(one, "1.2.0"), image(two, SHA_TAG.value())), List.of()));

        Map<?, Manifest> found = ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG));

        assertThat(found).isEqualTo(Map.of(VERSION_TAG, one, SHA_TAG, two));
        Json body = server.onlyRequest().body();
        assertThat(body.get("registryId").text()).contains("123456789012");
        assertThat(body.get("repositoryName").text()).contains("shop/orders");
        assertThat(body.get("imageIds")).hasToString("[{\"imageTag\":\"" + SHA_TAG + "\"},{\"imageTag\":\"1.2.0\"}]");
        assertThat(body.get("acceptedMediaTypes")).isEqualTo(Json.texts(MediaTypes.MANIFESTS));
    }

    @Test
    void hasNoEntryForAFreeTag() throws Exception {
        Manifest one = manifest("one");
        server.on("BatchGetImage", images(List.of(image(one, SHA_TAG.value())), List.of(notFound("1.2.0"))));

        assertThat(ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG))).containsOnlyKeys(SHA_TAG);
    }

    @Test
    void asksAgainForATagThatTheAnswerLeavesOut() throws Exception {
        Manifest one = manifest("one");
        server.on(
                "BatchGetImage",
                images(List.of(image(one, SHA_TAG.value())), List.of()),
                images(List.of(image(one, "1.2.0")), List.of()));

        assertThat(ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG))).containsOnlyKeys(SHA_TAG, VERSION_TAG);
        assertThat(server.requests().get(1).body().get("imageIds")).hasToString("[{\"imageTag\":\"1.2.0\"}]");
    }

    @Test
    void doesNotTakeATagForFreeThatIsNeverMentioned() {
        server.on("BatchGetImage", images(List.of(), List.of()));

        assertThatThrownBy(() -> ecr.images(ORDERS, List.of(VERSION_TAG)))
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr:BatchGetImage: the answer says nothing of the tags [1.2.0]");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void asksNothingForNoTags() throws Exception {
        assertThat(ecr.images(ORDERS, List.of())).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void throwsAFailureThatIsNotAnAbsentImage() {
        server.on(
                "BatchGetImage",
                images(List.of(), List.of(failure("KmsError", "The key is disabled"), notFound("1.2.0"))));

        assertThatThrownBy(() -> ecr.images(ORDERS, List.of(VERSION_TAG)))
                .isInstanceOf(AwsException.class)
                .hasMessage("ecr:BatchGetImage: KmsError: The key is disabled")
                .extracting("code", "status")
                .containsExactly("KmsError", 200);
    }

    @Test
    void refusesAManifestThatDoesNotHaveTheDigestOfTheAnswer() throws Exception {
        Json forged = image(manifest("one"), "1.2.0")
                .with("imageManifest", image(manifest("two"), "").get("imageManifest"));
        server.on("BatchGetImage", images(List.of(forged), List.of()));

        assertThatThrownBy(() -> ecr.images(ORDERS, List.of(VERSION_TAG)))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(
                        "the manifest has the digest " + manifest("two").digest());
    }

    @Test
    void refusesAManifestThatIsNone() {
        Json none = Json.object()
                .with(
                        "imageId",
                        Json.object()
                                .with(
                                        "imageDigest",
                                        Json.of(Digest.of("{}".getBytes(UTF_8)).toString())))
                .with("imageManifest", Json.of("{}"))
                .with("imageManifestMediaType", Json.of("text/plain"));
        server.on("BatchGetImage", images(List.of(none), List.of()));

        assertThatThrownBy(() -> ecr.image(ORDERS, Digest.of("{}".getBytes(UTF_8))))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("cannot be read: \"text/plain\" is not the media type");
    }

    @Test
    void readsAnImageByDigest() throws Exception {
        Manifest one = manifest("one");
        server.on("BatchGetImage", images(List.of(image(one, "")), List.of()));

        assertThat(ecr.image(ORDERS, one.digest())).contains(one);
        assertThat(server.onlyRequest().body().get("imageIds"))
                .hasToString("[{\"imageDigest\":\"" + one.digest() + "\"}]");
    }

    @Test
    void saysThatNoImageHasTheDigest() throws Exception {
        server.on("BatchGetImage", images(List.of(), List.of(failure("ImageNotFound", "Requested image not found"))));

        assertThat(ecr.image(ORDERS, BLOB)).isEmpty();
    }

    @Test
    void refusesAnImageWithAnotherDigestThanAskedFor() throws Exception {
        server.on("BatchGetImage", images(List.of(image(manifest("one"), "")), List.of()));

        assertThatThrownBy(() -> ecr.image(ORDERS, BLOB))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("asked for " + BLOB);
    }

    @Test
    void refusesAnAnswerThatSaysNothingOfTheDigest() {
        server.on("BatchGetImage", images(List.of(), List.of()));

        assertThatThrownBy(() -> ecr.image(ORDERS, BLOB))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("says nothing of " + BLOB);
    }

    @Test
    void namesNoAccountForTheCallersOwnRegistry() throws Exception {
        server.on("DescribeRepositories", Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}"));

        fixture.clients.open(Optional.empty(), Exchange.Listener.NONE).describe(ORDERS);

        assertThat(server.onlyRequest().body().get("registryId").isMissing()).isTrue();
        assertThat(server.onlyRequest().headers().getFirst("Authorization")).contains("/eu-west-1/ecr/");
    }

    @Test
    void reportsEachRequestWithItsBytes() throws Exception {
        Reply reply = Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}");
        server.on("DescribeRepositories", reply);

        ecr.describe(ORDERS);

        URI endpoint = server.endpoint();
        assertThat(fixture.exchanges)
                .containsExactly(new Exchange(
                        endpoint.getAuthority(),
                        "ecr:DescribeRepositories",
                        200,
                        server.onlyRequest().body().bytes().length,
                        reply.body().length()));
    }
}
