package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static io.github.imagedelivery.ecr.aws.EcrFixture.SHA_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.VERSION_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

@Fuzz
class AwsFuzzTest {
    private static final List<String> OPERATIONS = List.of(
            "DescribeRepositories",
            "BatchGetImage",
            "BatchCheckLayerAvailability",
            "DescribeImages",
            "PutImage",
            "BatchDeleteImage",
            "GetAuthorizationToken");
    private static final EcrFixture FIXTURE = EcrFixture.open();
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    @AfterContainer
    static void stop() {
        FIXTURE.close();
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                        "123456789012.dkr-ecr-fips.us-gov-west-1.on.aws",
                        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
                        "https://api.ecr.eu-west-1.amazonaws.com",
                        "http://127.0.0.1:5000",
                        "http://[::1]:5000/"));
    }

    @Provide
    Arbitrary<String> filters() {
        return Foreign.damaged("*-SNAPSHOT", "v*", "*", "*a".repeat(64), "*a*b".repeat(32), "a?b\\E*");
    }

    /** What ECR answers, with values of the wrong kind, names missing, or broken off. */
    @Provide
    Arbitrary<String> answers() throws FormatException {
        Manifest stored = EcrFixture.manifest("a");
        Json image = EcrFixture.image(stored, SHA_TAG.value());
        String[] whole = {
            EcrFixture.images(List.of(image), List.of(EcrFixture.notFound(VERSION_TAG.value())))
                    .body(),
            "{\"images\":[null],\"failures\":[null]}",
            "{\"images\":[{\"imageId\":null}],\"failures\":[{}]}",
            EcrFixture.stored(stored).body(),
            "{\"repositories\":[{\"repositoryName\":\"" + ORDERS + "\",\"imageTagMutability\":\"IMMUTABLE\","
                    + "\"imageTagMutabilityExclusionFilters\":[{\"filter\":\"*\",\"filterType\":\"WILDCARD\"},null]}]}",
            "{\"repositories\":[null]}",
            "{\"layers\":[{\"layerDigest\":\"" + stored.digest() + "\",\"layerAvailability\":\"AVAILABLE\"},null]}",
            "{\"imageDetails\":[{\"imageTags\":[\"1.2.0\",\"a b\",null]},null]}",
            "{\"imageIds\":[null],\"failures\":[{\"failureCode\":\"ImageNotFound\"}]}",
            "{\"authorizationData\":[{\"authorizationToken\":\"QVdTOng=\",\"expiresAt\":1.9E9,"
                    + "\"proxyEndpoint\":\"https://123456789012.dkr.ecr.eu-west-1.amazonaws.com\"}]}",
            "{\"authorizationData\":[null]}",
            "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"
        };
        Json[] documents = new Json[whole.length];
        for (int i = 0; i < whole.length; i++) {
            documents[i] = Json.parse(whole[i]);
        }
        return Arbitraries.oneOf(
                Foreign.damaged(whole), Foreign.changed(documents).map(Json::toString));
    }

    /** What STS answers, broken off, doubled or changed. */
    @Provide
    Arbitrary<String> xml() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "<?xml version=\"1.0\"?><AResponse xmlns='x'><AResult><B>&lt;&#65;</B><C/></AResult></AResponse>",
                        "<ErrorResponse><Error><Code>AccessDenied</Code><Message><![CDATA[m]]></Message></Error>"
                                + "</ErrorResponse>",
                        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
                        "<a><!-- b --><c d=\"e\">f</c></a>",
                        "<a>".repeat(60) + "</a>".repeat(60)));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Foreign.secrets();
    }

    @Property(tries = 6000)
    void readsAHostOnlyInItsOwnSpelling(@ForAll("hosts") String text) {
        Guard.read(FormatException.class, () -> {
            EcrHost host = EcrHost.parse(text);
            assertThat(host).hasToString(text);
            assertThat(text).matches("[0-9]{12}\\.dkr[.-]ecr[a-z0-9.-]+\\.(com|cn|aws|eu|gov|uk)");
        });
    }

    @Property(tries = 4000)
    void readsAnEndpointOrRefusesIt(@ForAll("hosts") String text) {
        Guard.read(
                FormatException.class,
                () -> assertThat(Endpoint.isSafe(Endpoint.parse("a", text))).isTrue());
    }

    @Property(tries = 4000)
    void readsXmlOrRefusesIt(@ForAll("xml") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        Guard.read(
                FormatException.class,
                () -> assertThat(XmlReader.read(bytes).members()).hasSize(1));
        assertThat(new QueryProtocol("1").refusal(new io.github.imagedelivery.ecr.aws.Reply(400, "", "", bytes)))
                .isNotNull();
    }

    @Property(tries = 1000)
    void endsWhateverFilterARepositoryHas(@ForAll("filters") String filter) {
        RepositoryDescription repository =
                new RepositoryDescription(ORDERS, "", "IMMUTABLE_WITH_EXCLUSION", List.of(filter));

        Guard.read(FormatException.class, () -> repository.isImmutable(new Tag("a".repeat(128))));
    }

    @Property(tries = 250)
    void takesAnyAnswerOrRefusesIt(@ForAll("answers") String answer) throws FormatException {
        OPERATIONS.forEach(operation -> FIXTURE.server.on(operation, new Reply(200, answer)));
        for (Guard.Reader call : calls()) {
            Guard.read(AwsException.class, call)
                    .ifPresent(refusal -> assertThat(refusal.getMessage())
                            .startsWith("ecr:")
                            .hasSizeLessThan(1200)
                            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
        }
    }

    @Property(tries = 60)
    void doesNotShowASecretThatAwsSpeaksOf(@ForAll("secrets") String secret, @ForAll("secrets") String other)
            throws FormatException {
        String authorization = "AWS4-HMAC-SHA256 Credential=" + secret + "/20261125/eu-west-1/ecr/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=" + other;
        for (String words : List.of(
                "Basic " + secret + " is wrong",
                "authorization:" + authorization + " x-amz-security-token:" + other,
                "https://storage.example/key?X-Amz-Security-Token=" + secret + "&X-Amz-Signature=" + other)) {
            OPERATIONS.forEach(operation -> FIXTURE.server.on(operation, Reply.error("AccessDeniedException", words)));
            for (Guard.Reader call : calls()) {
                Optional<AwsException> refusal = Guard.read(AwsException.class, call);
                String text = refusal.map(AwsFuzzTest::everything).orElse("");
                assertThat(Foreign.gives(text, secret)).as(text).isFalse();
                assertThat(Foreign.gives(text, other)).as(text).isFalse();
            }
        }
    }

    private static List<Guard.Reader> calls() throws FormatException {
        Manifest manifest = EcrFixture.manifest("a");
        Ecr ecr = FIXTURE.ecr;
        return List.of(
                () -> ecr.describe(ORDERS).isImmutable(VERSION_TAG),
                () -> ecr.images(ORDERS, List.of(SHA_TAG, VERSION_TAG)),
                () -> ecr.image(ORDERS, DIGEST),
                () -> ecr.available(ORDERS, List.of(DIGEST)),
                () -> ecr.tagsOf(ORDERS, DIGEST),
                () -> ecr.putImage(ORDERS, manifest, VERSION_TAG),
                () -> ecr.deleteTag(ORDERS, VERSION_TAG, DIGEST),
                () -> ecr.renew(FIXTURE.ecr.login().token()));
    }

    private static String everything(AwsException refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text + refusal.code();
    }
}
