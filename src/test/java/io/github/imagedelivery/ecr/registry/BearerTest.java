package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final String HEAD = "HEAD /v2/orders/blobs/" + DIGEST;

    private final Client client = new Client();

    @Test
    void fetchesAnAnonymousTokenWhenAskedForOne() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token("{\"token\":\"t1\",\"expires_in\":300}"));
                ScriptedRegistry registry =
                        ScriptedRegistry.replying(challenge(auth, "/token?account=x"), Reply.of(200))) {
            assertThat(client.openAnonymously(registry).has(DIGEST)).isTrue();

            assertThat(auth.requests())
                    .containsExactly("GET /token?account=x&service=registry.example&scope=repository%3Aorders%3Apull");
            assertThat(auth.received("Authorization")).containsExactly("");
            assertThat(registry.received("Authorization")).containsExactly("", "Bearer t1");
            assertThat(client.reported()).containsExactly(HEAD + " 401 0/0", "GET /token 200 0/31", HEAD + " 200 0/0");
        }
    }

    @Test
    void keepsTheTokenForTheRepositoryUntilItExpires() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedRegistry auth = new ScriptedRegistry(
                        request -> token("{\"access_token\":\"t%d\"}".formatted(number.incrementAndGet())));
                ScriptedRegistry registry = new ScriptedRegistry(request ->
                        request.header("Authorization").isEmpty() ? challenge(auth, "/token") : Reply.of(200))) {
            client.openAnonymously(registry).has(DIGEST);
            client.openAnonymously(registry).has(DIGEST);
            client.time.pass(Duration.ofSeconds(61));
            client.openAnonymously(registry).has(DIGEST);

            assertThat(registry.received("Authorization"))
                    .containsExactly("", "Bearer t1", "Bearer t1", "", "Bearer t2");
        }
    }

    @Test
    void keepsNoTokenThatEndsBeforeItBegins() throws Exception {
        String answer = "{\"token\":\"t1\",\"expires_in\":" + Long.MIN_VALUE + "}";
        try (ScriptedRegistry auth = new ScriptedRegistry(request -> token(answer));
                ScriptedRegistry registry = new ScriptedRegistry(request ->
                        request.header("Authorization").isEmpty() ? challenge(auth, "/token") : Reply.of(200))) {
            client.openAnonymously(registry).has(DIGEST);
            client.openAnonymously(registry).has(DIGEST);

            assertThat(registry.received("Authorization")).containsExactly("", "Bearer t1", "", "Bearer t1");
        }
    }

    @Test
    void renewsATokenThatIsRefused() throws Exception {
        try (ScriptedRegistry auth =
                        ScriptedRegistry.replying(token("{\"token\":\"pull\"}"), token("{\"token\":\"push\"}"));
                ScriptedRegistry registry = ScriptedRegistry.replying(
                        challenge(auth, "/token"), Reply.of(200), challenge(auth, "/token"), Reply.of(200))) {
            Repository repository = client.openAnonymously(registry);
            repository.has(DIGEST);
            repository.has(DIGEST);

            assertThat(registry.received("Authorization"))
                    .containsExactly("", "Bearer pull", "Bearer pull", "Bearer push");
        }
    }

    @Test
    void lendsNoTokenToAnotherRegistry() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token("{\"token\":\"t1\"}"));
                ScriptedRegistry registry = ScriptedRegistry.replying(challenge(auth, "/token"), Reply.of(200));
                ScriptedRegistry other = ScriptedRegistry.replying(Reply.of(200))) {
            client.openAnonymously(registry).has(DIGEST);
            client.openAnonymously(other).has(DIGEST);

            assertThat(other.received("Authorization")).containsExactly("");
        }
    }

    @Test
    void sendsABasicCredentialToNoRealm() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying();
                ScriptedRegistry registry = ScriptedRegistry.replying(challenge(auth, "/token"))) {
            assertThatThrownBy(() -> client.open(registry).has(DIGEST)).hasMessageEndingWith(": 401");
            assertThat(auth.requests()).isEmpty();
        }
    }

    @Test
    void saysThatAUserIsNeededWhereTheRegistryWantsOne() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(
                Reply.of(401).with("WWW-Authenticate", "Basic realm=\"x\",service=\"ecr.amazonaws.com\""))) {
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class,
                    () -> client.openAnonymously(registry).has(DIGEST));

            assertThat(refusal).hasMessageContaining("401 the registry asks for a user name and a password");
            assertThat(refusal.status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://auth.example/token", "https://user:pw@auth.example/", "ftp://127.0.0.1/", "", "https:x"})
    void sendsNothingToARealmThatIsNoGood(String realm) throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.of(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\""))) {
            assertThatThrownBy(() -> client.openAnonymously(registry).has(DIGEST))
                    .hasMessageContaining("401 with a realm that is no good");
            assertThat(client.exchanges).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "<html>", "{\"token\":\"\"}", "{\"token\":1}", "{\"token\":\"a\\r\\nX-Evil: b\"}"
            })
    void refusesWhatIsNoToken(String body) throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token(body));
                ScriptedRegistry registry = ScriptedRegistry.replying(challenge(auth, "/token"))) {
            assertThatThrownBy(() -> client.openAnonymously(registry).has(DIGEST))
                    .hasMessage("GET " + auth.host() + "/token: 200 without a token that can be used");
        }
    }

    @Test
    void readsNoMoreThanAMebibyteOfAToken() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token(" ".repeat(ErrorBody.MAX_BYTES + 1)));
                ScriptedRegistry registry = ScriptedRegistry.replying(challenge(auth, "/token"))) {
            assertThatThrownBy(() -> client.openAnonymously(registry).has(DIGEST))
                    .hasMessageEndingWith("/token: 200 with more than 1048576 bytes");
        }
    }

    @Test
    void followsNoRedirectOfARealm() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(Reply.of(307).with("Location", "/elsewhere"));
                ScriptedRegistry registry = ScriptedRegistry.replying(challenge(auth, "/token"))) {
            assertThatThrownBy(() -> client.openAnonymously(registry).has(DIGEST))
                    .hasMessageEndingWith("/token: 307");
        }
    }

    @Test
    void asksTheRealmAgainAfterAPassingFailure() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(Reply.of(503), token("{\"token\":\"t\"}"));
                ScriptedRegistry registry = new ScriptedRegistry(request ->
                        request.header("Authorization").isEmpty() ? challenge(auth, "/token") : Reply.of(200))) {
            assertThat(client.openAnonymously(registry).has(DIGEST)).isTrue();
        }
    }

    private static Reply challenge(ScriptedRegistry auth, String realm) {
        return Reply.of(401)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"%s\",service=\"registry.example\",scope=\"repository:orders:pull\""
                                .formatted(auth.uri() + realm));
    }

    private static Reply token(String body) {
        return Reply.of(200).with(body.getBytes(UTF_8));
    }
}
