package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.ORDERS;
import static io.github.imagedelivery.ecr.aws.EcrFixture.VERSION_TAG;
import static io.github.imagedelivery.ecr.aws.EcrFixture.manifest;
import static io.github.imagedelivery.ecr.aws.EcrFixture.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ECR's errors become, and how often a request is made because of them. */
class AwsErrorsTest {
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    private final ScriptedEcr server = fixture.server;
    private final Ecr ecr = fixture.ecr;

    private static AwsException refused(ThrowingCallable call) {
        AwsException thrown = catchThrowableOfType(AwsException.class, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    @ParameterizedTest
    @CsvSource({
        "RepositoryNotFoundException, 1",
        "LimitExceededException, 1",
        "AccessDeniedException, 1",
        "ExpiredTokenException, 1",
        "UnrecognizedClientException, 1",
        "ThrottlingException, 4",
        "ThrottleException, 4"
    })
    void triesAReadAgainOnlyWhereEcrAsksToSlowDown(String code, int attempts) {
        server.on("DescribeRepositories", Reply.error(code, "In ECR's words"));

        AwsException thrown = refused(() -> ecr.describe(ORDERS));

        assertThat(thrown)
                .hasMessage("ecr:DescribeRepositories: " + code + ": In ECR's words")
                .hasNoCause();
        assertThat(thrown.code()).isEqualTo(code);
        assertThat(thrown.status()).isEqualTo(400);
        assertThat(thrown.isDefinite()).isTrue();
        assertThat(server.requests()).hasSize(attempts);
    }

    @ParameterizedTest
    @CsvSource({"429, '', NoAnswer", "500, ServerException, ServerException", "503, '', NoAnswer", "502, '', NoAnswer"})
    void triesAReadAgainWhereTheServiceFails(int status, String sent, String code) {
        server.on(
                "DescribeRepositories",
                new Reply(status, sent.isEmpty() ? "" : "{\"__type\":\"" + sent + "\",\"message\":\"m\"}"));

        AwsException thrown = refused(() -> ecr.describe(ORDERS));

        assertThat(thrown.code()).isEqualTo(code);
        assertThat(thrown.status()).isEqualTo(status);
        assertThat(thrown.isDefinite()).isFalse();
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void readsAfterAnAttemptThatFailed() throws Exception {
        server.on(
                "DescribeRepositories",
                new Reply(500, ""),
                Reply.DROPPED,
                Reply.ok("{'repositories':[{'repositoryName':'shop/orders'}]}"));

        assertThat(ecr.describe(ORDERS).name()).isEqualTo(ORDERS);
        assertThat(fixture.exchanges).extracting(Exchange::status).containsExactly(500, 0, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ImageTagAlreadyExistsException, true",
        "400, ThrottlingException, true",
        "400, ThrottleException, true",
        "403, AccessDeniedException, true",
        "408, RequestTimeout, false",
        "429, TooManyRequestsException, false",
        "500, ServerException, false",
        "503, '', false"
    })
    void makesAWriteOnceAndTellsWhetherItCertainlyFailed(int status, String code, boolean definite) {
        Reply reply = new Reply(status, code.isEmpty() ? "" : "{\"__type\":\"" + code + "\",\"message\":\"m\"}");
        server.on("PutImage", reply);
        server.on("BatchDeleteImage", reply);

        AwsException put = refused(() -> ecr.putImage(ORDERS, manifest("one"), VERSION_TAG));
        AwsException delete = refused(() -> ecr.deleteTag(ORDERS, VERSION_TAG, DIGEST));

        assertThat(put.isDefinite()).isEqualTo(definite);
        assertThat(delete.isDefinite()).isEqualTo(definite);
        assertThat(server.requests())
                .extracting(ScriptedEcr.Request::operation)
                .containsExactly("PutImage", "BatchDeleteImage");
    }

    @Test
    void makesAWriteOnceWhenTheConnectionIsLost() {
        server.on("PutImage", Reply.DROPPED);

        AwsException thrown = refused(() -> ecr.putImage(ORDERS, manifest("one")));

        assertThat(thrown.code()).isEqualTo(AwsException.NO_ANSWER);
        assertThat(thrown.status()).isZero();
        assertThat(thrown.isDefinite()).isFalse();
        assertThat(server.requests()).hasSize(1);
        assertThat(fixture.exchanges).extracting(Exchange::status).containsExactly(0);
    }

    @Test
    void makesAWriteOnceWhenAConnectionThatWasUsedBeforeIsLost() throws Exception {
        server.on("PutImage", stored(manifest("one")), Reply.DROPPED);
        ecr.putImage(ORDERS, manifest("one"));

        AwsException thrown = refused(() -> ecr.putImage(ORDERS, manifest("two")));

        assertThat(thrown.isDefinite()).isFalse();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void knowsThatAWriteWasNotSentWhereNobodyListens() throws Exception {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (EcrClients clients = clients(nobody)) {
            Ecr unreachable = clients.open(Optional.empty(), fixture.exchanges::add);

            AwsException thrown = refused(() -> unreachable.putImage(ORDERS, manifest("one")));

            assertThat(thrown.code()).isEqualTo(AwsException.NOT_SENT);
            assertThat(thrown.isDefinite()).isTrue();
            assertThat(thrown).hasMessageContaining("Connection refused");
        }
    }

    @Test
    void saysThatAnAnswerIsNotOfTheService() {
        server.on("DescribeRepositories", new Reply(200, "<html>a proxy</html>"));

        AwsException thrown = refused(() -> ecr.describe(ORDERS));

        assertThat(thrown.code()).isEqualTo(AwsException.NO_ANSWER);
        assertThat(thrown.isDefinite()).isFalse();
        assertThat(fixture.exchanges).extracting(Exchange::status).contains(200);
    }

    @Test
    void keepsALongRefusalWhole() {
        String words = "User: arn:aws:sts::123456789012:assumed-role/publisher/run-1 is not authorized to perform:"
                + " ecr:PutImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/shop/orders because"
                + " no identity-based policy allows the ecr:PutImage action";
        server.on("PutImage", Reply.error("AccessDeniedException", words));

        assertThat(refused(() -> ecr.putImage(ORDERS, manifest("one"))))
                .hasMessage("ecr:PutImage: AccessDeniedException: " + words);
    }

    @Test
    void takesTerminalEscapesOutOfAMessage() {
        server.on("PutImage", Reply.error("AccessDeniedException", "no\u001b[31m, really"));

        assertThat(refused(() -> ecr.putImage(ORDERS, manifest("one"))).getMessage())
                .doesNotContain("\u001b");
    }

    @Test
    void keepsTheSessionTokenOutThatAwsRepeatsWhereTheSignatureIsWrong() {
        Reply repeated = Reply.error("InvalidSignatureException", """
                The request signature we calculated does not match the signature you provided.

                The Canonical String for this request should have been
                'POST
                x-amz-security-token:canary-session
                '""");
        server.on("PutImage", repeated);
        server.on("DescribeRepositories", repeated);

        assertThat(trace(refused(() -> ecr.putImage(ORDERS, manifest("one")))))
                .contains("The request signature we calculated does not match")
                .doesNotContain("canary");
        assertThat(trace(refused(() -> ecr.describe(ORDERS)))).doesNotContain("canary");
    }

    @Test
    void keepsTheSessionTokenOutThatCannotBeAHeader() throws Exception {
        AwsKeys broken = new AwsKeys("AKIDEXAMPLE", "secret", Optional.of("canary\ncanary"));
        AwsSettings settings =
                new AwsSettings(Optional.of("eu-west-1"), Optional.of(broken), Optional.of(server.endpoint()));
        Ecr withBroken =
                QuickClients.create(settings, Duration.ofSeconds(5)).open(Optional.empty(), Exchange.Listener.NONE);

        assertThat(trace(refused(() -> withBroken.describe(ORDERS))))
                .contains("there is a line break in one of the AWS keys")
                .doesNotContain("canary");
    }

    @Test
    void keepsSecretsOutOfEveryText() throws Exception {
        server.on("GetAuthorizationToken", EcrFixture.login("canary-login", EcrFixture.NOON, "no url"));
        server.on("PutImage", Reply.DROPPED);
        Login login = new Login("canary-login", EcrFixture.NOON, URI.create("https://example.com"));
        AwsSettings settings = new AwsSettings(Optional.empty(), Optional.of(EcrFixture.KEYS), Optional.empty());

        assertThat(trace(refused(ecr::login))).doesNotContain("canary");
        assertThat(trace(refused(() -> ecr.putImage(ORDERS, manifest("one"))))).doesNotContain("canary");
        assertThat(fixture.exchanges.toString()).doesNotContain("canary");
        assertThat(login.toString() + EcrFixture.KEYS + settings).doesNotContain("canary");
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static EcrClients clients(URI endpoint) {
        AwsSettings settings =
                new AwsSettings(Optional.of("eu-west-1"), Optional.of(EcrFixture.KEYS), Optional.of(endpoint));
        return EcrClients.create(settings, () -> EcrFixture.NOON);
    }
}
