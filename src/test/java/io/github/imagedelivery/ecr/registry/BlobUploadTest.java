package io.github.imagedelivery.ecr.registry;

import static io.github.imagedelivery.ecr.registry.Client.ORDERS;
import static io.github.imagedelivery.ecr.registry.Client.SECRET;
import static io.github.imagedelivery.ecr.registry.SampleUpload.BLOB;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CONTENT;
import static io.github.imagedelivery.ecr.registry.SampleUpload.CREATED;
import static io.github.imagedelivery.ecr.registry.SampleUpload.DIGEST;
import static io.github.imagedelivery.ecr.registry.SampleUpload.POST;
import static io.github.imagedelivery.ecr.registry.SampleUpload.QUERY;
import static io.github.imagedelivery.ecr.registry.SampleUpload.SESSION_1;
import static io.github.imagedelivery.ecr.registry.SampleUpload.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobUploadTest {

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
}
