package io.github.imagedelivery.ecr.registry;

import static io.github.imagedelivery.ecr.registry.Client.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Cut;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRepositoryTest {
    private static final byte[] MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
    private static final Digest MANIFEST_DIGEST = Digest.of(MANIFEST);
    private static final Reply SERVED = Reply.of(200)
            .with("Content-Type", MediaTypes.DOCKER_MANIFEST + "; charset=utf-8")
            .with(MANIFEST);
    private static final byte[] CONTENT = "0123456789".repeat(10_000).getBytes(UTF_8);
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.OCI_LAYER, CONTENT);
    private static final String GET_BLOB = "GET /v2/orders/blobs/" + BLOB.digest();

    private final Client client = new Client();

    @Test
    void readsAManifestAndAcceptsAllFourTypes() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED)) {
            Manifest manifest = client.open(registry).manifest("1.0");

            assertThat(manifest.bytes()).isEqualTo(MANIFEST);
            assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
            assertThat(registry.requests()).containsExactly("GET /v2/orders/manifests/1.0");
            assertThat(registry.request(0).header("Accept").split(", ", -1))
                    .containsExactlyInAnyOrderElementsOf(MediaTypes.MANIFESTS);
            assertThat(client.reported()).containsExactly("GET /v2/orders/manifests/1.0 200 0/" + MANIFEST.length);
        }
    }

    @Test
    void readsAManifestByItsDigest() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED)) {
            assertThat(client.open(registry)
                            .manifest(MANIFEST_DIGEST.toString())
                            .digest())
                    .isEqualTo(MANIFEST_DIGEST);
        }
    }

    @Test
    void refusesAManifestWithAnotherDigestThanWasAskedFor() throws Exception {
        Digest other = Digest.of(CONTENT);
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED)) {
            assertThatThrownBy(() -> client.open(registry).manifest(other.toString()))
                    .hasMessage("GET " + registry.host() + "/v2/orders/manifests/" + other
                            + ": 200 with other content, which hashes to " + MANIFEST_DIGEST);
            assertThat(registry.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a/b", "a b", "../x", "sha256:12", "1.0?x=y"})
    void asksForNothingThatIsNeitherTagNorDigest(String reference) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED)) {
            assertThatThrownBy(() -> client.open(registry).manifest(reference)).isInstanceOf(RegistryException.class);
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void refusesAnOversizedManifest() throws Exception {
        byte[] bomb = new byte[Manifest.MAX_BYTES + 1];
        Arrays.fill(bomb, (byte) ' ');
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED.with(bomb))) {
            assertThatThrownBy(() -> client.open(registry).manifest("1.0"))
                    .hasMessageEndingWith("200 with a manifest of more than 4194304 bytes");
        }
    }

    @Test
    void refusesWhatIsNoManifest() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                Reply.of(200).with("Content-Type", "text/html").with("<html>".getBytes(UTF_8)))) {
            assertThatThrownBy(() -> client.open(registry).manifest("1.0"))
                    .hasMessageContaining("200 with an unreadable manifest: not JSON");
        }
    }

    @Test
    void readsAManifestAgainThatBrokeOff() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(SERVED.but(Cut.IN_THE_REPLY_BODY), SERVED)) {
            assertThat(client.open(registry).manifest("1.0").digest()).isEqualTo(MANIFEST_DIGEST);
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @Test
    void readsAManifestAgainAfterAServerError() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(503), SERVED)) {
            assertThat(client.open(registry).manifest("1.0").digest()).isEqualTo(MANIFEST_DIGEST);
        }
    }

    @Test
    void tellsWhatTheRegistrySaysOfAMissingManifest() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.error(404, "MANIFEST_UNKNOWN", "no such thing"))) {
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class, () -> client.open(registry).manifest("1.0"));

            assertThat(refusal)
                    .hasMessage(
                            "GET " + registry.host() + "/v2/orders/manifests/1.0: 404 MANIFEST_UNKNOWN no such thing");
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(refusal.code()).isEqualTo("MANIFEST_UNKNOWN");
        }
    }

    @Test
    void readsNoMoreThanAMebibyteOfAnError() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.of(400).with(new byte[ErrorBody.MAX_BYTES + 100_000]))) {
            assertThatThrownBy(() -> client.open(registry).manifest("1.0")).hasMessageEndingWith(": 400");
            assertThat(client.exchanges.get(0).received()).isEqualTo(ErrorBody.MAX_BYTES + 1);
        }
    }

    @Test
    void streamsABlob() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(200).with(CONTENT))) {
            assertThat(read(registry)).isEqualTo(CONTENT);
            assertThat(registry.requests()).containsExactly(GET_BLOB);
            assertThat(registry.received("Authorization")).containsExactly("Basic " + SECRET);
            assertThat(client.reported()).containsExactly(GET_BLOB + " 200 0/" + CONTENT.length);
        }
    }

    @Test
    void readsNothingBeyondWhatTheReaderTakes() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(200).with(CONTENT))) {
            try (InputStream blob = client.open(registry).open(BLOB)) {
                blob.readNBytes(10);
            }
            assertThat(client.reported()).containsExactly(GET_BLOB + " 200 0/10");
        }
    }

    @Test
    void refusesABlobOfAnotherLengthBeforeReadingIt() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(200).with(new byte[7]))) {
            assertThatThrownBy(() -> read(registry))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageEndingWith("200 with 7 bytes instead of 100000");
        }
    }

    @Test
    void failsTheReadThatWouldHaveEndedAWrongBlob() throws Exception {
        byte[] wrong = CONTENT.clone();
        wrong[5]++;
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(200).with(wrong));
                InputStream blob = client.open(registry).open(BLOB)) {
            assertThatThrownBy(() -> blob.readAllBytes())
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(TransferException.class)
                    .hasMessage("content of " + BLOB.digest() + " hashes to " + Digest.of(wrong));
        }
    }

    @Test
    void tellsABlobThatBrokeOffFromAWrongOne() throws Exception {
        try (ScriptedRegistry registry =
                        ScriptedRegistry.replying(Reply.of(200).with(CONTENT).but(Cut.IN_THE_REPLY_BODY));
                InputStream blob = client.open(registry).open(BLOB)) {
            assertThatThrownBy(() -> blob.readAllBytes()).isInstanceOf(TransferException.class);
        }
    }

    @Test
    void givesUpABlobThatStalls() throws Exception {
        Client impatient = Client.impatient();
        try (ScriptedRegistry registry =
                        ScriptedRegistry.replying(Reply.of(200).with(CONTENT).but(Cut.STALLS_IN_THE_REPLY_BODY));
                InputStream blob = impatient.open(registry).open(BLOB)) {
            assertThatThrownBy(() -> blob.readAllBytes())
                    .isInstanceOf(TransferException.class)
                    .hasMessage("no byte moved for 60 s");
        }
    }

    @Test
    void endsAReadWhenInterruptedAndKeepsTheFlag() throws Exception {
        try (ScriptedRegistry registry =
                        ScriptedRegistry.replying(Reply.of(200).with(CONTENT).but(Cut.STALLS_IN_THE_REPLY_BODY));
                InputStream blob = client.open(registry).open(BLOB)) {
            blob.readNBytes(CONTENT.length / 2);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> blob.read())
                    .isInstanceOf(IOException.class)
                    .hasMessage("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectToAnotherHostWithoutCredentials(int status) throws Exception {
        try (ScriptedRegistry storage = ScriptedRegistry.replying(Reply.of(200).with(CONTENT));
                ScriptedRegistry registry = ScriptedRegistry.replying(
                        Reply.of(status).with("Location", storage.uri() + "/bucket/key?X-Amz-Signature=s3cr3t"))) {
            assertThat(read(registry)).isEqualTo(CONTENT);

            assertThat(storage.requests()).containsExactly("GET /bucket/key?X-Amz-Signature=s3cr3t");
            assertThat(storage.received("Authorization")).containsExactly("");
            assertThat(client.exchanges)
                    .extracting(e -> e.host() + " " + e.request() + " " + e.status())
                    .containsExactly(
                            registry.host() + " " + GET_BLOB + " " + status, storage.host() + " " + GET_BLOB + " 200");
        }
    }

    @Test
    void showsNoSignedAddressWhenTheStorageRefuses() throws Exception {
        try (ScriptedRegistry storage = ScriptedRegistry.replying(
                        Reply.of(403).with("<Error><Resource>/key?s3cr3t</Resource></Error>".getBytes(UTF_8)));
                ScriptedRegistry registry =
                        ScriptedRegistry.replying(Reply.of(307).with("Location", storage.uri() + "/key?s3cr3t"))) {
            assertThatThrownBy(() -> read(registry))
                    .hasMessageEndingWith(": 403")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void sendsNoCredentialsOnceAChainHasLeftTheRegistry() throws Exception {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        try (ScriptedRegistry registry =
                        new ScriptedRegistry(request -> request.target().equals("/v2/back")
                                ? Reply.of(200).with(CONTENT)
                                : Reply.of(307).with("Location", elsewhere.get(0)));
                ScriptedRegistry other =
                        ScriptedRegistry.replying(Reply.of(307).with("Location", registry.uri() + "/v2/back"))) {
            elsewhere.add(other.uri() + "/away");

            assertThat(read(registry)).isEqualTo(CONTENT);
            assertThat(registry.received("Authorization")).containsExactly("Basic " + SECRET, "");
        }
    }

    @Test
    void followsAtMostFiveRedirects() throws Exception {
        try (ScriptedRegistry registry =
                new ScriptedRegistry(request -> Reply.of(307).with("Location", "/v2/around"))) {
            assertThatThrownBy(() -> read(registry)).hasMessageEndingWith("307 more than 5 redirects");
            assertThat(registry.requests()).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void asksForABlobWithoutItsContent(int status) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(status))) {
            assertThat(client.open(registry).has(BLOB.digest())).isEqualTo(status == 200);
            assertThat(registry.requests()).containsExactly("HEAD /v2/orders/blobs/" + BLOB.digest());
        }
    }

    @Test
    void doesNotTakeARefusalForAnAbsentBlob() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(403))) {
            assertThatThrownBy(() -> client.open(registry).has(BLOB.digest())).hasMessageEndingWith(": 403");
        }
    }

    private byte[] read(ScriptedRegistry registry) throws Exception {
        try (InputStream blob = client.open(registry).open(BLOB)) {
            return blob.readAllBytes();
        }
    }
}
