package io.github.imagedelivery.ecr.registry;

import static io.github.imagedelivery.ecr.registry.SampleUpload.BLOB;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CONTENT;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CREATED;
import static io.github.imagedelivery.ecr.registry.SampleUpload.HEAD;
import static io.github.imagedelivery.ecr.registry.SampleUpload.NOT_THERE;
import static io.github.imagedelivery.ecr.registry.SampleUpload.POST;
import static io.github.imagedelivery.ecr.registry.SampleUpload.QUERY;
import static io.github.imagedelivery.ecr.registry.SampleUpload.SESSION_1;
import static io.github.imagedelivery.ecr.registry.SampleUpload.SESSION_2;
import static io.github.imagedelivery.ecr.registry.SampleUpload.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobRetryTest {

    private final Client client = new Client();

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_THE_REQUEST_BODY", "IN_THE_REQUEST_BODY", "BEFORE_THE_REPLY"})
    void startsAFreshSessionAfterACut(Cut cut) throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.cut(cut), NOT_THERE, SESSION_2, CREATED)) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.UPLOADED);

            assertThat(registry.requests())
                    .containsExactly(POST, "PUT /upload/1" + QUERY, HEAD, POST, "PUT /upload/2" + QUERY);
            assertThat(registry.request(4).body()).isEqualTo(CONTENT);
        }
    }

    @Test
    void findsTheBlobThereWhenOnlyTheReplyWasLost() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.cut(Cut.BEFORE_THE_REPLY), Reply.of(200))) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.PRESENT);

            assertThat(registry.requests()).containsExactly(POST, "PUT /upload/1" + QUERY, HEAD);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "408, ''",
        "404, ''",
        "416, BLOB_UPLOAD_INVALID",
        "429, TOOMANYREQUESTS",
        "400, BLOB_UPLOAD_INVALID",
        "404, BLOB_UPLOAD_UNKNOWN",
        "500, UNKNOWN",
        "502, ''",
        "503, ''",
        "504, ''"
    })
    void looksForTheBlobAndStartsAfreshAfterADoubtfulAnswer(int status, String code) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                SESSION_1, Reply.error(status, code, "try again"), NOT_THERE, SESSION_2, CREATED)) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.UPLOADED);

            assertThat(registry.requests())
                    .containsExactly(POST, "PUT /upload/1" + QUERY, HEAD, POST, "PUT /upload/2" + QUERY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void opensTheSessionAgainAfterAPassingRefusal(int status) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(status), NOT_THERE, SESSION_1, CREATED)) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.UPLOADED);

            assertThat(registry.requests()).containsExactly(POST, HEAD, POST, "PUT /upload/1" + QUERY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 413, 307})
    void failsAtOnceWhenASessionIsRefusedForGood(int status) throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(status, "DENIED", "no\\u001b[31m way"), SESSION_1)) {
            RegistryException refusal = refusal(registry);

            assertThat(refusal)
                    .hasMessage(
                            "POST " + registry.host() + "/v2/orders/blobs/uploads/: " + status + " DENIED no [31m way");
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.code()).isEqualTo("DENIED");
            assertThat(registry.requests()).containsExactly(POST);
            assertThat(client.time.sleeps()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"400, DIGEST_INVALID", "403, DENIED", "413, SIZE_INVALID"})
    void failsAtOnceWhenTheBodyIsRefusedForGood(int status, String code) throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.error(status, code, "the registry's words"))) {
            assertThat(refusal(registry))
                    .hasMessage("PUT " + registry.host() + "/v2/orders/blobs/uploads/<session>: " + status + " " + code
                            + " the registry's words");
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @Test
    void givesUpAfterSixTriesThatGrowApart() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(
                request -> request.method().equals("HEAD") ? NOT_THERE : Reply.error(503, "UNAVAILABLE", "later"))) {
            RegistryException refusal = refusal(registry);

            assertThat(refusal).hasMessageEndingWith("503 UNAVAILABLE later (6 tries)");
            assertThat(registry.requests())
                    .containsExactly(POST, HEAD, POST, HEAD, POST, HEAD, POST, HEAD, POST, HEAD, POST);
            assertThat(client.time.sleeps())
                    .containsExactly(
                            Duration.ofMillis(600),
                            Duration.ofMillis(1100),
                            Duration.ofMillis(2100),
                            Duration.ofMillis(4100),
                            Duration.ofMillis(5100));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7000",
        "3600, 60000",
        "'Mon, 23 Nov 2026 12:00:09 GMT', 9000",
        "'Mon, 23 Nov 2026 11:00:00 GMT', 600",
        "0, 600",
        "soon, 600",
        "-5, 600"
    })
    void waitsAsLongAsTheRegistryAsksWithinReason(String retryAfter, long millis) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                Reply.of(429).with("Retry-After", retryAfter), NOT_THERE, SESSION_1, CREATED)) {
            push(registry);

            assertThat(client.time.sleeps()).containsExactly(Duration.ofMillis(millis));
        }
    }

    @Test
    void stopsTryingAtTheDeadline() throws Exception {
        Client hurried = new Client(
                new FakeTime(), new Registries.Settings(Duration.ofSeconds(60), Duration.ofSeconds(100), 6, "test"));
        try (ScriptedRegistry registry = new ScriptedRegistry(request ->
                request.method().equals("HEAD") ? NOT_THERE : Reply.of(429).with("Retry-After", "60"))) {
            assertThat(failure(hurried.open(registry), BLOB)).isNotNull();

            assertThat(hurried.time.sleeps()).containsExactly(Duration.ofSeconds(60));
        }
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED, Not Authorized", "403, DENIED, Your authorization token has expired."})
    void renewsARefusedAuthorizationOnceForTheSession(int status, String code, String message) throws Exception {
        Client.Renewable authorization = new Client.Renewable();
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(status, code, message), SESSION_1, CREATED)) {
            client.open(registry.uri(), authorization).push(BLOB, Optional.empty());

            assertThat(registry.requests()).containsExactly(POST, POST, "PUT /upload/1" + QUERY);
            assertThat(registry.received("Authorization"))
                    .containsExactly("Basic first", "Basic second", "Basic second");
            assertThat(authorization.refused).containsExactly("Basic first");
        }
    }

    @Test
    void renewsAnAuthorizationThatExpiresBeforeTheBodyAndStartsAfresh() throws Exception {
        Client.Renewable authorization = new Client.Renewable();
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.of(401), NOT_THERE, SESSION_2, CREATED)) {
            client.open(registry.uri(), authorization).push(BLOB, Optional.empty());

            assertThat(registry.requests())
                    .containsExactly(POST, "PUT /upload/1" + QUERY, HEAD, POST, "PUT /upload/2" + QUERY);
            assertThat(registry.received("Authorization"))
                    .containsExactly("Basic first", "Basic first", "Basic second", "Basic second", "Basic second");
        }
    }

    @Test
    void doesNotRenewTwiceInOnePush() throws Exception {
        Client.Renewable authorization = new Client.Renewable();
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> Reply.error(401, "UNAUTHORIZED", "no"))) {
            RegistryException refusal = failure(client.open(registry.uri(), authorization), BLOB);

            assertThat(refusal.status()).isEqualTo(401);
            assertThat(registry.requests()).containsExactly(POST, POST);
        }
    }

    @Test
    void letsADenialStandThatIsNotAboutExpiry() throws Exception {
        Client.Renewable authorization = new Client.Renewable();
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(403, "DENIED", "not authorized to perform it"))) {
            assertThat(failure(client.open(registry.uri(), authorization), BLOB))
                    .isNotNull();

            assertThat(registry.requests()).containsExactly(POST);
            assertThat(authorization.refused).isEmpty();
        }
    }

    @Test
    void doesNotRenewForAnotherHost() throws Exception {
        Client.Renewable authorization = new Client.Renewable();
        try (ScriptedRegistry other = ScriptedRegistry.replying(Reply.of(401));
                ScriptedRegistry registry = ScriptedRegistry.replying(Reply.session(other.uri() + "/bucket"))) {
            assertThat(failure(client.open(registry.uri(), authorization), BLOB))
                    .isNotNull();

            assertThat(authorization.refused).isEmpty();
        }
    }

    @Test
    void givesUpWhenNoByteMovesForTheIdleTimeout() throws Exception {
        Client impatient = Client.impatient();
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, Reply.cut(Cut.NEVER_REPLIES))) {
            RegistryException failure = failure(impatient.open(registry), BLOB);

            assertThat(failure)
                    .hasMessage("PUT " + registry.host()
                            + "/v2/orders/blobs/uploads/<session>: no answer: no byte moved for 60 s");
            assertThat(failure.status()).isEqualTo(RegistryException.NO_ANSWER);
            assertThat(impatient.reported()).hasSize(2).last().asString().contains("<session> 0 ");
        }
    }

    @Test
    void saysWhichRegistryCannotBeReached() throws Exception {
        ScriptedRegistry gone = ScriptedRegistry.replying();
        gone.close();

        RegistryException failure = refusal(gone);

        assertThat(failure)
                .hasMessageContaining(gone.host())
                .hasMessageEndingWith("no answer: ConnectException (6 tries)");
        assertThat(failure.status()).isEqualTo(RegistryException.NO_ANSWER);
        assertThat(client.exchanges).hasSize(6).allMatch(e -> e.status() == 0);
    }

    @Test
    void pushesAgainWhereLookingIsForbidden() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.of(503), Reply.of(403), SESSION_2, CREATED)) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.UPLOADED);
        }
    }

    @Test
    void endsAtOnceWhenInterruptedAndKeepsTheFlag() throws Exception {
        Thread pusher = Thread.currentThread();
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> {
            if (request.method().equals("PUT")) {
                pusher.interrupt();
                return Reply.cut(Cut.NEVER_REPLIES);
            }
            return SESSION_1;
        })) {
            RegistryException failure = refusal(registry);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure).hasMessageEndingWith("<session>: interrupted");
            assertThat(registry.requests()).hasSizeLessThanOrEqualTo(2);
        }
    }

    private Repository.Arrival push(ScriptedRegistry registry) throws RegistryException {
        return client.open(registry).push(BLOB, Optional.empty());
    }

    private RegistryException refusal(ScriptedRegistry registry) throws RegistryException {
        return failure(client.open(registry), BLOB);
    }
}
