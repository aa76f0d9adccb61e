package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.registry.ScriptedRegistry.Reply;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins of users and refresh tokens: who gets them, and who does not. */
class RegistryLoginTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);
    private static final RegistryLogin MIRA = RegistryLogin.of("mira", "pass:wörd");
    private static final String BASIC = "Basic bWlyYTpwYXNzOnfDtnJk";

    private final Client client = new Client();
    private final AtomicInteger looks = new AtomicInteger();

    private Repository open(ScriptedRegistry registry, RegistryLogin login) throws Exception {
        return client.open(registry.uri(), new Authorization() {
            @Override
            public String header(String stale) {
                return "";
            }

            @Override
            public Optional<RegistryLogin> login() {
                looks.incrementAndGet();
                return Optional.of(login);
            }
        });
    }

    @Test
    void looksForNoLoginWhereNoneIsAskedFor() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.replying(Reply.of(200))) {
            open(registry, MIRA).has(DIGEST);

            assertThat(registry.received("Authorization")).containsExactly("");
            assertThat(looks).hasValue(0);
        }
    }

    @Test
    void fetchesTheTokenAsTheUser() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token("{\"token\":\"t1\",\"expires_in\":300}"));
                ScriptedRegistry registry = ScriptedRegistry.replying(bearer(auth), Reply.of(200), Reply.of(200))) {
            Repository repository = open(registry, MIRA);
            repository.has(DIGEST);
            repository.has(DIGEST);

            assertThat(auth.requests())
                    .containsExactly("GET /token?service=registry.example&scope=repository%3Aorders%3Apull");
            assertThat(auth.received("Authorization")).containsExactly(BASIC);
            assertThat(registry.received("Authorization")).containsExactly("", "Bearer t1", "Bearer t1");
        }
    }

    @Test
    void tradesARefreshTokenInABodyAndInNoAddress() throws Exception {
        try (ScriptedRegistry auth = ScriptedRegistry.replying(token("{\"access_token\":\"t1\"}"));
                ScriptedRegistry registry = ScriptedRegistry.replying(bearer(auth), Reply.of(200))) {
            open(registry, RegistryLogin.ofRefreshToken("re+fresh&canary")).has(DIGEST);

            assertThat(auth.requests()).containsExactly("POST /token");
            assertThat(auth.received("Authorization")).containsExactly("");
            assertThat(auth.received("Content-Type")).containsExactly("application/x-www-form-urlencoded");
            assertThat(auth.bodies())
                    .containsExactly("grant_type=refresh_token&client_id=ecr-maven-plugin"
                            + "&refresh_token=re%2Bfresh%26canary&service=registry.example"
                            + "&scope=repository%3Aorders%3Apull");
            assertThat(registry.received("Authorization")).containsExactly("", "Bearer t1");
        }
    }

    @Test
    void usesNoTokenOfNobodyOnceThereIsALogin() throws Exception {
        AtomicBoolean known = new AtomicBoolean();
        try (ScriptedRegistry auth = ScriptedRegistry.replying(
                        token("{\"token\":\"nobody\",\"expires_in\":300}"), token("{\"token\":\"mira\"}"));
                ScriptedRegistry registry =
                        ScriptedRegistry.replying(bearer(auth), Reply.of(200), bearer(auth), Reply.of(200))) {
            Repository repository = client.open(registry.uri(), later(known));
            repository.has(DIGEST);
            known.set(true);
            repository.has(DIGEST);

            assertThat(auth.received("Authorization")).containsExactly("", BASIC);
            assertThat(registry.received("Authorization")).containsExactly("", "Bearer nobody", "", "Bearer mira");
        }
    }

    private static Authorization later(AtomicBoolean known) {
        return new Authorization() {
            @Override
            public String header(String stale) {
                return "";
            }

            @Override
            public Optional<RegistryLogin> login() {
                return known.get() ? Optional.of(MIRA) : Optional.empty();
            }

            @Override
            public String identity() {
                return known.get() ? MIRA.user() : "";
            }
        };
    }

    @Test
    void sendsTheUserAtOnceOnceARegistryWantedOne() throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(basic(), Reply.of(200), Reply.of(200), Reply.of(200))) {
            Repository repository = open(registry, MIRA);
            repository.has(DIGEST);
            repository.has(DIGEST);

            assertThat(registry.received("Authorization")).containsExactly("", BASIC, BASIC);
        }
    }

    @Test
    void asksNoSecondTimeAsAUserWhoIsRefused() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> basic())) {
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class, () -> open(registry, MIRA).has(DIGEST));

            assertThat(refusal.status()).isEqualTo(401);
            assertThat(registry.received("Authorization")).containsExactly("", BASIC);
        }
    }

    @Test
    void showsARegistryThatWantsAUserNoRefreshToken() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> basic())) {
            assertThatThrownBy(() -> open(registry, RegistryLogin.ofRefreshToken("canary"))
                            .has(DIGEST))
                    .hasMessageContaining("asks for a user name and a password, and none is known");
            assertThat(registry.received("Authorization")).containsExactly("");
        }
    }

    @Test
    void doesNotGoOnAsNobodyWhereTheTokenServiceRefusesTheUser() throws Exception {
        try (ScriptedRegistry auth = new ScriptedRegistry(request -> Reply.of(401));
                ScriptedRegistry registry = new ScriptedRegistry(request -> bearer(auth))) {
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class, () -> open(registry, MIRA).has(DIGEST));

            assertThat(refusal).hasMessageEndingWith("/token: 401");
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(auth.received("Authorization")).containsOnly(BASIC);
            assertThat(registry.received("Authorization")).containsOnly("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass:w\\u00f6rd", "bWlyYTpwYXNzOnfDtnJk"})
    void keepsTheLoginOutOfWhatATokenServiceEchoes(String echoed) throws Exception {
        try (ScriptedRegistry auth =
                        new ScriptedRegistry(request -> Reply.error(403, "DENIED", "no entry for " + echoed));
                ScriptedRegistry registry = new ScriptedRegistry(request -> bearer(auth))) {
            assertThatThrownBy(() -> open(registry, RegistryLogin.of("mira", "pass:wörd"))
                            .has(DIGEST))
                    .hasMessageContaining("DENIED no entry for ***")
                    .hasMessageNotContaining("bWlyYTpw")
                    .hasMessageNotContaining("pass:w");
        }
    }

    @Test
    void keepsTheRefreshTokenOutOfWhatATokenServiceEchoes() throws Exception {
        try (ScriptedRegistry auth =
                        new ScriptedRegistry(request -> Reply.error(401, "DENIED", "bad refresh-canary-1"));
                ScriptedRegistry registry = new ScriptedRegistry(request -> bearer(auth))) {
            assertThatThrownBy(() -> open(registry, RegistryLogin.ofRefreshToken("refresh-canary-1"))
                            .has(DIGEST))
                    .hasMessageEndingWith("401 DENIED bad ***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://auth.example/token",
                "https://user:pw@auth.example/",
                "//169.254.169.254/token",
                "http://[fe80::1]/",
                "ftp://127.0.0.1/",
                ""
            })
    void sendsTheLoginToNoRealmThatIsNoGood(String realm) throws Exception {
        try (ScriptedRegistry registry =
                ScriptedRegistry.replying(Reply.of(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\""))) {
            assertThatThrownBy(() -> open(registry, MIRA).has(DIGEST))
                    .hasMessageContaining("401 with a realm that is no good");
            assertThat(registry.received("Authorization")).containsExactly("");
        }
    }

    @Test
    void takesTheLoginToNoPlaceThatTheRegistryRedirectsTo() throws Exception {
        try (ScriptedRegistry store = new ScriptedRegistry(request -> Reply.of(200));
                ScriptedRegistry registry =
                        ScriptedRegistry.replying(basic(), Reply.of(307).with("Location", store.uri() + "/blob"))) {
            open(registry, MIRA).has(DIGEST);

            assertThat(store.received("Authorization")).containsExactly("");
        }
    }

    @Test
    void tellsWhyALoginCannotBeUsed() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(request -> basic())) {
            Repository repository = client.open(registry.uri(), new Authorization() {
                @Override
                public String header(String stale) {
                    return "";
                }

                @Override
                public Optional<RegistryLogin> login() throws IOException {
                    throw new IOException("the file is damaged");
                }
            });

            assertThatThrownBy(() -> repository.has(DIGEST)).hasMessageEndingWith("failed: the file is damaged");
            assertThat(registry.requests()).hasSize(1);
        }
    }

    @Test
    void showsNothingOfALogin() {
        assertThat(MIRA + " " + RegistryLogin.ofRefreshToken("canary"))
                .isEqualTo("login of a user login by a refresh token");
    }

    private static Reply bearer(ScriptedRegistry auth) {
        return Reply.of(401)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"%s/token\",service=\"registry.example\",scope=\"repository:orders:pull\""
                                .formatted(auth.uri()));
    }

    private static Reply basic() {
        return Reply.of(401).with("WWW-Authenticate", "Basic realm=\"x\"");
    }

    private static Reply token(String body) {
        return Reply.of(200).with(body.getBytes(UTF_8));
    }
}
