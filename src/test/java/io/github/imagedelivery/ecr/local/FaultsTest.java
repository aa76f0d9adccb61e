package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Occasion PUT_IMAGE = Occasion.of("ecr:PutImage");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final SampleImage image = SampleImage.of("a");
    private LocalEcr ecr;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        ecr = LocalEcr.builder().clock(clock).start();
        client = new Client(ecr);
        ecr.createRepository("orders");
        for (var blob : image.blobs()) {
            ecr.seedBlob("orders", blob);
        }
    }

    @AfterEach
    void stop() throws IOException {
        ecr.close();
    }

    private HttpResponse<String> put(String tag) throws IOException, InterruptedException {
        return client.api(
                "PutImage",
                Json.object()
                        .with("repositoryName", Json.of("orders"))
                        .with("imageTag", Json.of(tag))
                        .with("imageManifest", image.json()));
    }

    private CompletableFuture<Integer> putInBackground(String tag) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return put(tag).statusCode();
            } catch (IOException e) {
                return 0;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void answersTheNthRequestWithAnError() throws Exception {
        ecr.faults().inject(PUT_IMAGE.nth(2), Behaviour.answer(500, "ServerException", "try later"));

        assertThat(put("1").statusCode()).isEqualTo(200);
        assertThat(Client.error(put("2"))).isEqualTo("500 ServerException: try later");
        assertThat(put("3").statusCode()).isEqualTo(200);
        assertThat(ecr.tags("orders")).containsOnlyKeys("1", "3");
    }

    @Test
    void meetsTheRequestsForOneTagAlone() throws Exception {
        ecr.faults().inject(PUT_IMAGE.about("orders:2"), Behaviour.throttle());

        assertThat(put("1").statusCode()).isEqualTo(200);
        assertThat(Client.error(put("2"))).isEqualTo("400 ThrottlingException: Rate exceeded");
    }

    @Test
    void throttlesTheDataPlaneInItsOwnWords() throws Exception {
        ecr.faults().inject(Occasion.matching(kind -> kind.contains("/blobs/")).first(1), Behaviour.throttle());

        assertThat(Client.dataError(client.send(
                        "GET", "/v2/orders/blobs/" + image.layer().descriptor().digest())))
                .isEqualTo("429 TOOMANYREQUESTS: Rate exceeded");
    }

    @Test
    void limitsARateByTheClock() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.rateLimit(1, Duration.ofSeconds(1), clock));

        assertThat(put("1").statusCode()).isEqualTo(200);
        assertThat(put("2").statusCode()).isEqualTo(400);
        clock.move(Duration.ofSeconds(1));
        assertThat(put("2").statusCode()).isEqualTo(200);
    }

    @Test
    void closesTheConnectionBeforeARequestIsApplied() {
        ecr.faults().inject(PUT_IMAGE, Behaviour.close());

        assertThatThrownBy(() -> put("1")).isInstanceOf(IOException.class);
        assertThat(ecr.tags("orders")).isEmpty();
    }

    @Test
    void closesTheConnectionAfterARequestWasApplied() {
        ecr.faults().inject(PUT_IMAGE, Behaviour.applyAndClose());

        assertThatThrownBy(() -> put("1")).isInstanceOf(IOException.class);
        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
    }

    @Test
    void answersAnErrorToARequestThatWasApplied() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.applyButAnswer(503, "ServiceUnavailable", ""));

        assertThat(put("1").statusCode()).isEqualTo(503);
        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
    }

    @Test
    void closesTheConnectionInTheMiddleOfABody() throws Exception {
        byte[] content = "x".repeat(1 << 20).getBytes(UTF_8);
        String location = Client.header(client.send("POST", "/v2/orders/blobs/uploads/"), "Location");
        ecr.faults().inject(Occasion.of("PUT /v2/orders/blobs/uploads/<session>"), Behaviour.closeAfterReading(1000));

        assertThatThrownBy(() -> client.send("PUT", location + "?digest=" + Digest.of(content), content))
                .isInstanceOf(IOException.class);
        assertThat(ecr.hasBlob("orders", Digest.of(content))).isFalse();
    }

    @Test
    void takesABodyInPiecesToItsEnd() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.sip(10, Duration.ofMillis(1)));

        assertThat(put("1").statusCode()).isEqualTo(200);
        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
    }

    @Test
    void cutsAnAnswer() throws Exception {
        put("1");
        ecr.faults().inject(Occasion.of("GET /v2/orders/manifests/1"), Behaviour.cutAnswer(10));

        assertThatThrownBy(() -> client.send("GET", "/v2/orders/manifests/1")).isInstanceOf(IOException.class);
        assertThat(ecr.requests()).last().extracting(RecordedRequest::sent).isEqualTo(10L);
    }

    @Test
    void sendsAnAnswerInPieces() throws Exception {
        put("1");
        ecr.faults().inject(Occasion.of("GET /v2/orders/manifests/1"), Behaviour.drip(100, Duration.ofMillis(1)));

        String body = client.send("GET", "/v2/orders/manifests/1").body();

        assertThat(body.getBytes(UTF_8)).isEqualTo(image.manifest().bytes());
        Drip drip = new Drip(new ByteArrayInputStream(image.manifest().bytes()), 100, Duration.ZERO);
        assertThat(drip.read(new byte[1000])).isEqualTo(100);
    }

    @Test
    void answersWithHalfOfABody() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.halveAnswer());

        HttpResponse<String> answer = put("1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Json.parse(answer.body().getBytes(UTF_8))).isInstanceOf(FormatException.class);
        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
    }

    @Test
    void acknowledgesAnotherDigestInTheBody() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.nameAnotherDigest());

        String answer = put("1").body();

        assertThat(answer)
                .contains("sha256:" + "0".repeat(64))
                .doesNotContain(image.manifest().digest().encoded());
        assertThat(ecr.tags("orders")).containsEntry("1", image.manifest().digest());
    }

    @Test
    void acknowledgesAnotherDigestInAHeader() throws Exception {
        put("1");
        ecr.faults().inject(Occasion.of("HEAD /v2/orders/manifests/1"), Behaviour.nameAnotherDigest());

        assertThat(Client.header(client.send("HEAD", "/v2/orders/manifests/1"), "Docker-Content-Digest"))
                .isEqualTo("sha256:" + "0".repeat(64));
    }

    @Test
    void holdsARequestUntilItIsReleased() throws Exception {
        Hold hold = Hold.before();
        ecr.faults().inject(PUT_IMAGE, hold);

        CompletableFuture<Integer> status = putInBackground("1");
        hold.awaitArrival();
        assertThat(ecr.tags("orders")).isEmpty();
        hold.release();

        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void holdsAnAnswerUntilItIsReleased() throws Exception {
        Hold hold = Hold.after();
        ecr.faults().inject(PUT_IMAGE, hold);

        CompletableFuture<Integer> status = putInBackground("1");
        hold.awaitArrival();
        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
        assertThat(status).isNotDone();
        hold.release();

        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void appliesARequestLongAfterItsConnectionWasClosed() throws Exception {
        Hold hold = Hold.applyingLate();
        ecr.faults().inject(PUT_IMAGE, hold);

        assertThatThrownBy(() -> put("1")).isInstanceOf(IOException.class);
        hold.awaitArrival();
        assertThat(ecr.tags("orders")).isEmpty();
        hold.release();

        assertThat(ecr.tags("orders")).containsOnlyKeys("1");
    }

    @Test
    void closesWhileARequestIsHeld() throws Exception {
        Hold hold = Hold.before();
        ecr.faults().inject(PUT_IMAGE, hold);
        CompletableFuture<Integer> status = putInBackground("1");
        hold.awaitArrival();

        ecr.close();

        assertThat(status.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void hidesAWriteFromTheFirstReads() throws Exception {
        ecr.faults().hideWritesFromReads(2);
        put("1");

        assertThat(client.send("HEAD", "/v2/orders/manifests/1").statusCode()).isEqualTo(404);
        assertThat(client.send("HEAD", "/v2/orders/manifests/1").statusCode()).isEqualTo(404);
        assertThat(client.send("HEAD", "/v2/orders/manifests/1").statusCode()).isEqualTo(200);
    }

    @Test
    void dropsTheBlobsThatNoImageRefersTo() throws Exception {
        put("1");
        ecr.seedBlob("orders", SampleImage.of("b").layer());

        ecr.faults().dropUnreferencedBlobs();

        assertThat(ecr.hasBlob("orders", image.layer().descriptor().digest())).isTrue();
        assertThat(ecr.hasBlob(
                        "orders", SampleImage.of("b").layer().descriptor().digest()))
                .isFalse();
    }

    @Test
    void deniesAnActionOnTheDataPlane() throws Exception {
        ecr.faults().deny("ecr:InitiateLayerUpload");

        assertThat(Client.dataError(client.send("POST", "/v2/orders/blobs/uploads/")))
                .startsWith("403 DENIED: User: arn:aws:sts::123456789012:assumed-role/")
                .endsWith("because no identity-based policy allows the ecr:InitiateLayerUpload action");
    }

    @Test
    void takesEverythingBack() throws Exception {
        ecr.faults().inject(PUT_IMAGE, Behaviour.close());
        ecr.faults().deny("ecr:PutImage");
        ecr.faults().hideWritesFromReads(5);

        ecr.faults().clear();
        put("1");

        assertThat(client.send("HEAD", "/v2/orders/manifests/1").statusCode()).isEqualTo(200);
    }

    @Test
    void endsALoginAfterItsLifetime() throws Exception {
        clock.move(Duration.ofHours(12));

        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(403);
    }
}
