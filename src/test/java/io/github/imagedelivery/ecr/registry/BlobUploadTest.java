package io.github.imagedelivery.ecr.registry;

import static io.github.imagedelivery.ecr.registry.Client.ORDERS;
import static io.github.imagedelivery.ecr.registry.Client.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobUploadTest {
    private static final byte[] CONTENT = content(300_000);
    private static final Blob BLOB = Blob.of(MediaTypes.OCI_LAYER_GZIP, CONTENT);
    private static final Digest DIGEST = BLOB.descriptor().digest();
    private static final String QUERY = "?digest=sha256%3A" + DIGEST.encoded();
    private static final String POST = "POST /v2/orders/blobs/uploads/";
    private static final String HEAD = "HEAD /v2/orders/blobs/" + DIGEST;
    private static final Reply SESSION_1 = Reply.session("/upload/1");
    private static final Reply SESSION_2 = Reply.session("/upload/2");
    private static final Reply CREATED = Reply.of(201).with("Docker-Content-Digest", DIGEST.toString());
    private static final Reply NOT_THERE = Reply.of(404);

    private final Client client = new Client();

    @Test
    void pushesANewBlobInTwoRequestsOnOneConnection() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            Repository.Arrival arrival = push(registry);

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(registry.requests()).containsExactly(POST, "PUT /upload/1" + QUERY);
            assertThat(registry.request(1).body()).isEqualTo(CONTENT);
            assertThat(registry.request(1).header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(registry.received("Authorization")).containsOnly("Basic " + SECRET);
            assertThat(registry.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void reportsEachRequestWithItsBytesAndWithoutItsSession() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED.with("ok".getBytes(UTF_8)))) {
            push(registry);

            assertThat(client.reported())
                    .containsExactly(
                            POST + " 202 0/0", "PUT /v2/orders/blobs/uploads/<session> 201 " + CONTENT.length + "/2");
            assertThat(client.exchanges).allMatch(e -> e.host().equals(registry.host()));
        }
    }

    @Test
    void addsTheDigestToALocationThatHasAQuery() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.session("/upload/1?_state=a%2Fb"), CREATED)) {
            push(registry);

            assertThat(registry.requests()).endsWith("PUT /upload/1?_state=a%2Fb&digest=sha256%3A" + DIGEST.encoded());
        }
    }

    @Test
    void pushesAnEmptyBlob() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, Reply.of(201))) {
            Repository.Arrival arrival =
                    client.open(registry).push(Blob.of("application/empty", new byte[0]), Optional.empty());

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(registry.request(1).header("Content-Length")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void takesAnySuccessOfTheUpload(int status) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, Reply.of(status))) {
            assertThat(push(registry)).isEqualTo(Repository.Arrival.UPLOADED);
        }
    }

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
    void mountsFromAnotherRepository() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(CREATED)) {
            Repository.Arrival arrival = client.open(registry).push(BLOB, Optional.of(new RepositoryName("team/base")));

            assertThat(arrival).isEqualTo(Repository.Arrival.MOUNTED);
            assertThat(registry.requests())
                    .containsExactly(POST + "?mount=sha256%3A" + DIGEST.encoded() + "&from=team%2Fbase");
            assertThat(client.reported()).containsExactly(POST + " 201 0/0");
        }
    }

    @Test
    void goesOnInTheSessionThatAMountGaveInstead() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            Repository.Arrival arrival = client.open(registry).push(BLOB, Optional.of(ORDERS));

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(registry.requests()).hasSize(2).endsWith("PUT /upload/1" + QUERY);
        }
    }

    @Test
    void uploadsWhereTheMountIsRefused() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(403, "DENIED", "no pull of base"), SESSION_1, CREATED)) {
            Repository.Arrival arrival = client.open(registry).push(BLOB, Optional.of(ORDERS));

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(registry.requests()).hasSize(3).endsWith(POST, "PUT /upload/1" + QUERY);
        }
    }

    @Test
    void refusesAnAcknowledgementOfAnotherDigest() throws Exception {
        String other = Digest.of(new byte[] {1}).toString();
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(SESSION_1, Reply.of(201).with("Docker-Content-Digest", other))) {
            assertThat(refusal(registry)).hasMessageEndingWith("201 for " + other + " instead of " + DIGEST);
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @Test
    void refusesASessionWithoutALocation() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(202))) {
            assertThat(refusal(registry)).hasMessageContaining("Location: it is not there");
        }
    }

    @Test
    void uploadsToAnotherHostWithoutCredentials() throws Exception {
        try (ScriptedRegistry other = ScriptedRegistry.replying(CREATED);
                ScriptedRegistry registry =
                        ScriptedRegistry.replying(Reply.session(other.uri() + "/bucket?signature=s3cr3t"))) {
            push(registry);

            assertThat(other.request(0).body()).isEqualTo(CONTENT);
            assertThat(other.received("Authorization")).containsExactly("");
            assertThat(client.exchanges.toString()).doesNotContain("s3cr3t", "bucket");
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

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 0})
    void neverSendsAWrongContentWhole(int lengthError) throws Exception {
        byte[] wrong = content(CONTENT.length + lengthError);
        wrong[1000]++;
        Blob lying = new FakeBlob(() -> new ByteArrayInputStream(wrong));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED, NOT_THERE, SESSION_2, CREATED)) {
            RegistryException failure = failure(client.open(registry), lying);

            assertThat(failure).hasMessageStartingWith("cannot read " + DIGEST + " to push it: content of " + DIGEST);
            assertThat(registry.requests().subList(1, registry.requests().size()))
                    .doesNotContain(HEAD, POST);
            assertThat(registry.requests().size() < 2 || registry.request(1).body().length < CONTENT.length)
                    .isTrue();
        }
    }

    @Test
    void refusesAnEmptyContentThatIsPromisedAsAnother() throws Exception {
        Blob lying = new FakeBlob(InputStream::nullInputStream, new Descriptor("x", DIGEST, 0));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            RegistryException failure = failure(client.open(registry), lying);

            assertThat(failure).hasMessageContaining("hashes to");
            assertThat(registry.requests()).containsExactly(POST);
        }
    }

    @Test
    void failsAtOnceWhenTheSourceCannotBeRead() throws Exception {
        Blob broken = new FakeBlob(() -> new FailingStream(new IOException("disk on fire")));
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SESSION_1, CREATED)) {
            RegistryException failure = failure(client.open(registry), broken);

            assertThat(failure).hasMessage("cannot read " + DIGEST + " to push it: disk on fire");
            assertThat(client.time.sleeps()).isEmpty();
        }
    }

    @Test
    void readsASourceAgainThatBrokeOffOnItsWay() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Blob flaky = new FakeBlob(() -> opened.incrementAndGet() == 1
                ? new FailingStream(new TransferException("connection reset"))
                : new ByteArrayInputStream(CONTENT));
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> switch (request.method()) {
            case "HEAD" -> NOT_THERE;
            case "POST" -> SESSION_1;
            default -> CREATED;
        })) {
            Repository.Arrival arrival = client.open(registry).push(flaky, Optional.empty());

            assertThat(arrival).isEqualTo(Repository.Arrival.UPLOADED);
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void closesEachSourceThatItOpens() throws Exception {
        List<InputStream> closed = new ArrayList<>();
        Blob blob = new FakeBlob(() -> new ByteArrayInputStream(CONTENT) {
            @Override
            public void close() {
                closed.add(this);
            }
        });
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                SESSION_1, Reply.cut(Cut.IN_THE_REQUEST_BODY), NOT_THERE, SESSION_2, CREATED)) {
            client.open(registry).push(blob, Optional.empty());
        }

        assertThat(closed.stream().distinct()).hasSize(2);
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

    @Test
    void showsNoSecretThatTheRegistryEchoes() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(400, "UNSUPPORTED", "bad header Basic " + SECRET))) {
            assertThat(refusal(registry)).hasMessageEndingWith("400 UNSUPPORTED bad header Basic ***");
        }
    }

    @Test
    void refusesAnAuthorizationThatNoHeaderCanHoldWithoutShowingIt() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying()) {
            RegistryException failure = failure(client.open(registry.uri(), stale -> "Basic canary\r\nX: y"), BLOB);

            assertThat(failure).hasMessageContaining("no header can hold").hasMessageNotContaining("canary");
        }
    }

    @Test
    void tellsWhyALoginFailed() throws Exception {
        IOException reason = new IOException("the session has expired");
        try (ScriptedRegistry registry = ScriptedRegistry.replying()) {
            RegistryException failure = failure(
                    client.open(registry.uri(), stale -> {
                        throw reason;
                    }),
                    BLOB);

            assertThat(failure)
                    .hasMessage("login to " + registry.host() + "/orders failed: the session has expired")
                    .hasCause(reason);
        }
    }

    private Repository.Arrival push(ScriptedRegistry registry) throws RegistryException {
        return client.open(registry).push(BLOB, Optional.empty());
    }

    private RegistryException refusal(ScriptedRegistry registry) throws RegistryException {
        return failure(client.open(registry), BLOB);
    }

    private static RegistryException failure(Repository repository, Blob blob) {
        return catchThrowableOfType(RegistryException.class, () -> repository.push(blob, Optional.empty()));
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        return content;
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private record FakeBlob(Source source, Descriptor descriptor) implements Blob {
        FakeBlob(Source source) {
            this(source, BLOB.descriptor());
        }

        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }

    /** Gives the first half of the content. */
    private static final class FailingStream extends InputStream {
        private final InputStream half = new ByteArrayInputStream(CONTENT, 0, CONTENT.length / 2);
        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            int read = half.read();
            if (read < 0) {
                throw failure;
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = half.read(buffer, offset, length);
            if (read < 0) {
                throw failure;
            }
            return read;
        }
    }
}
