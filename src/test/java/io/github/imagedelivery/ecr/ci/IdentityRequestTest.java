package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.ci.TokenServer.Answer;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A CI system that does not give a token at once, or not at all. */
class IdentityRequestTest {
    private final List<Long> pauses = new ArrayList<>();
    private TokenServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TokenServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static TokenRequest request(String address) {
        return request(address, Proxies.OF_THE_JVM);
    }

    private static TokenRequest request(String address, Proxies proxies) {
        return new TokenRequest(
                "GET",
                URI.create(address),
                new TokenRequest.Authorization("Bearer", TokenServer.SECRET),
                Optional.empty(),
                proxies);
    }

    private IdentitySource source() {
        return new IdentityRequest(
                "CI (URL)",
                request(server.address() + "/idtoken"),
                new IdentityRequest.Expectation("value", "allow it"),
                pauses::add);
    }

    private IdentityException failure(Answer... answers) {
        server.answering(answers);
        return catchThrowableOfType(IdentityException.class, () -> source().fetch());
    }

    @Test
    void sendsTheSecretOfTheJob() throws IdentityException {
        server.answering(Answer.token("{\"sub\":\"job\"}"));

        assertThat(source().fetch().claims().subject()).isEqualTo("job");
        assertThat(server.requests()).containsExactly("GET /idtoken Bearer " + TokenServer.SECRET);
    }

    @Test
    void takesTheWayThatItIsGiven() throws IdentityException {
        server.answering(Answer.token("{\"sub\":\"job\"}"));
        Proxy proxy = new Proxy(
                Proxy.Type.HTTP,
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.address()).getPort()));

        new IdentityRequest(
                        "CI (URL)",
                        request("http://ci.invalid/idtoken", address -> Proxies.Way.through(proxy)),
                        new IdentityRequest.Expectation("value", "allow it"),
                        pauses::add)
                .fetch();

        assertThat(server.requests()).containsExactly("GET http://ci.invalid/idtoken Bearer " + TokenServer.SECRET);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void asksAgainAfterAFailureThatPasses(int status) throws IdentityException {
        Answer busy = new Answer(status, "busy");
        server.answering(busy, busy, busy, Answer.token("{\"sub\":\"job\"}"));

        assertThat(source().fetch().claims().subject()).isEqualTo("job");
        assertThat(pauses).containsExactly(500L, 1000L, 2000L);
    }

    /** The JDK, too, asks again after that, so the pauses are not counted here. */
    @Test
    void asksAgainWhereTheConnectionIsClosed() throws IdentityException {
        Answer none = new Answer(0, "");
        server.answering(none, none, none, Answer.token("{\"sub\":\"job\"}"));

        assertThat(source().fetch().claims().subject()).isEqualTo("job");
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void givesUpAfterFourTries() {
        assertThat(failure(new Answer(503, "busy")))
                .hasMessage("CI (URL), 127.0.0.1: no identity token: HTTP status 503 (4 tries)")
                .satisfies(e -> assertThat(e.remedy()).startsWith("start the job again;"));
        assertThat(server.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500})
    void asksOnceWhereItIsRefused(int status) {
        assertThat(failure(new Answer(status, "{\"message\":\"not allowed\\nhere\"}")))
                .hasMessage("CI (URL), 127.0.0.1: no identity token: HTTP status " + status + " not allowed here")
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("allow it"));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        IdentityException refusal = failure(new Answer(302, "", server.address() + "/elsewhere"));

        assertThat(refusal).hasMessageEndingWith("no identity token: HTTP status 302");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON | the answer has no \"value\"",
                "[] | the answer has no \"value\"",
                "{\"value\":1} | the answer has no \"value\"",
                "{\"value\":\"\"} | the identity token is empty",
                "{\"value\":\"a.b\"} | the identity token is no JWT: it has 2 parts instead of 3"
            })
    void refusesAnAnswerThatIsNoToken(String body, String reason) {
        assertThat(failure(new Answer(200, body))).hasMessage("CI (URL), 127.0.0.1: no identity token: " + reason);
    }

    @Test
    void readsNoAnswerThatIsLongerThanAMebibyte() {
        assertThat(failure(new Answer(200, " ".repeat((1 << 20) + 1))))
                .hasMessageContaining("the answer is longer than 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 20, 28})
    void hidesTheSecretThatAnAnswerRepeats(int length) {
        String echo = TokenServer.SECRET.substring(0, length);

        assertThat(failure(new Answer(403, "{\"message\":\"who is " + echo + "\"}")))
                .hasMessageEndingWith("HTTP status 403 who is ***");
    }

    @Test
    void showsItsSecretToNobody() {
        TokenRequest request = request("https://ci.example.com/");

        assertThat(request.toString() + source()).doesNotContain(TokenServer.SECRET);
    }

    @Test
    void namesTheHostThatCannotBeReached() {
        server.close();

        assertThatThrownBy(() -> source().fetch())
                .isInstanceOf(IdentityException.class)
                .hasMessageMatching(
                        "CI \\(URL\\), 127\\.0\\.0\\.1: no identity token: ConnectException: .* \\(4 tries\\)");
    }

    @Test
    void waitsForNoAnswerWithoutEnd() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TokenRequest request = request("http://127.0.0.1:" + silent.getLocalPort());

            assertThatThrownBy(() -> request.send(Duration.ofMillis(50))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void readsNoAnswerWithoutEnd() throws IOException {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.faults().inject(Occasion.of("GET /"), Behaviour.drip(1, Duration.ofMillis(20)));
            TokenRequest request = request(ecr.endpoint() + "/");

            assertThatThrownBy(() -> request.send(Duration.ofMillis(200))).hasMessage("the answer took too long");
        }
    }

    @Test
    void endsWhenTheBuildIsInterrupted() {
        server.answering(new Answer(503, ""));
        IdentitySource source = new IdentityRequest(
                "CI (URL)",
                request(server.address()),
                new IdentityRequest.Expectation("value", "allow it"),
                millis -> false);

        assertThatThrownBy(source::fetch).hasMessageContaining("interrupted after HTTP status 503");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void staysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(IdentityRequest.sleep(1)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void addsTheAudienceToTheQueryThatGitHubGives() throws IdentityException {
        server.answering(Answer.token("{}"));

        IdentitySource.detect(server.gitHub(), IdentitySettings.DEFAULT)
                .orElseThrow()
                .fetch();

        assertThat(server.requests())
                .containsExactly(
                        "GET /idtoken?api-version=2.0&audience=sts.amazonaws.com Bearer " + TokenServer.SECRET);
    }
}
