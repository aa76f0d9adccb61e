package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.RoleFixture.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.imagedelivery.ecr.TrustedServer;
import io.github.imagedelivery.ecr.ci.IdentityException;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.IdentityToken;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebIdentityTest {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";
    private static final String NO_KEY = "Couldn't retrieve verification key from your identity provider,  please"
            + " reference AssumeRoleWithWebIdentity documentation for requirements";

    private final RoleFixture job =
            RoleFixture.start(builder -> builder.trustedSubject("repo:local/app:environment:x"));
    private final RoleFixture trusted = RoleFixture.start(builder -> builder);

    @AfterEach
    void stop() {
        job.close();
        trusted.close();
    }

    private void answer(Occasion occasion, int status, String code, String message) {
        trusted.server.faults().inject(occasion, Behaviour.answer(status, code, message));
    }

    private static AwsException refusal(Ecr ecr) {
        AwsException refusal = catchThrowableOfType(AwsException.class, () -> ecr.describe(ORDERS));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | InvalidIdentityToken | " + NO_KEY,
                "400 | IDPCommunicationError | the provider does not answer",
                "400 | Throttling | Rate exceeded",
                "429 | Throttling | Rate exceeded",
                "500 | InternalFailure | try again",
                "503 | ServiceUnavailable | busy"
            })
    void triesAgainWhatMayPassWithAFreshTokenEachTime(int status, String code, String message) throws AwsException {
        answer(Occasion.of(STS).first(4), status, code, message);

        trusted.open().describe(ORDERS);

        assertThat(trusted.assumptions()).isEqualTo(5);
        assertThat(trusted.count("GET /token")).isEqualTo(5);
        assertThat(trusted.retries).hasSize(4).allMatch(cause -> cause.contains(code));
        assertThat(trusted.secrets.stream()
                        .filter(secret -> secret.startsWith("eyJ"))
                        .distinct())
                .hasSize(5);
    }

    @Test
    void waitsLongerAfterEachTry() throws AwsException {
        answer(Occasion.of(STS).first(4), 400, "IDPCommunicationError", "");

        trusted.open().describe(ORDERS);

        assertThat(trusted.pauses).hasSize(4);
        assertThat(trusted.pauses.get(0)).isBetween(250L, 500L);
        assertThat(trusted.pauses.get(1)).isBetween(500L, 1000L);
        assertThat(trusted.pauses.get(2)).isBetween(1000L, 2000L);
        assertThat(trusted.pauses.get(3)).isBetween(2000L, 4000L);
    }

    @Test
    void triesAgainWhenTheConnectionBreaks() throws AwsException {
        trusted.server.faults().inject(Occasion.of(STS).first(2), Behaviour.close());

        trusted.open().describe(ORDERS);

        assertThat(trusted.assumptions()).isGreaterThanOrEqualTo(3);
        assertThat(trusted.pauses).isNotEmpty();
    }

    @Test
    void givesUpAfterFiveTries() {
        answer(Occasion.of(STS), 400, "InvalidIdentityToken", NO_KEY);

        AwsException refusal = refusal(trusted.open());

        assertThat(trusted.assumptions()).isEqualTo(5);
        assertThat(advice(refusal).remedy())
                .contains("https://token.actions.githubusercontent.com/.well-known/openid-configuration");
    }

    @Test
    void getsAFreshTokenOnceWhereTheFirstHasExpired() throws AwsException {
        answer(Occasion.of(STS).first(1), 400, "ExpiredTokenException", "Token expired");

        trusted.open().describe(ORDERS);

        assertThat(trusted.count("GET /token")).isEqualTo(2);
        assertThat(trusted.pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | AccessDenied | Not authorized to perform sts:AssumeRoleWithWebIdentity | let the role's trust policy"
                        + " admit the token (below), or correct ecr.roleArn",
                "400 | InvalidIdentityToken | No OpenIDConnect provider found in your account for https://x | create the"
                        + " identity provider in the account 123456789012: aws iam create-open-id-connect-provider --url"
                        + " https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com",
                "400 | InvalidIdentityToken | Incorrect token audience | --client-id sts.amazonaws.com), or get a token for"
                        + " another one with ecr.identityAudience",
                "403 | IDPRejectedClaim | - | get a token that the identity provider accepts",
                "400 | ValidationError | The requested DurationSeconds exceeds the MaxSessionDuration set for this role. |"
                        + " aws iam update-role --role-name delivery --max-session-duration 900",
                "403 | RegionDisabledException | STS is not activated in this region | activate AWS STS in the region",
                "400 | MalformedPolicyDocument | - | report this error"
            })
    void failsAtOnceWhereTryingAgainIsOfNoUse(int status, String code, String message, String remedy) {
        answer(Occasion.of(STS), status, code, message);

        AwsException refusal = refusal(trusted.open());

        assertThat(trusted.assumptions()).isEqualTo(1);
        assertThat(trusted.pauses).isEmpty();
        assertThat(refusal).hasMessageStartingWith(STS + ": " + code + ": ");
        assertThat(advice(refusal).remedy()).contains(remedy);
        assertThat(advice(refusal).problem()).isEqualTo("the role " + RoleFixture.ROLE + " cannot be assumed");
    }

    @Test
    void saysWhatToDoAboutAPolicyThatIsTooLargeHoweverWide() {
        answer(Occasion.of(STS), 400, "PackedPolicyTooLarge", "-");

        assertThat(advice(refusal(trusted.open())).remedy()).contains("fewer session tags");
        assertThat(trusted.assumptions()).isEqualTo(2);
    }

    @Test
    void asksAProxyThatWantsAnotherLoginOnce() throws Exception {
        try (RefusingProxy proxy = new RefusingProxy("407 Proxy Authentication Required")) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
            trusted.proxies = uri -> uri.getScheme().equals("https")
                    ? Proxies.Way.through(new Proxy(Proxy.Type.HTTP, address))
                    : Proxies.Way.DIRECT;
            trusted.sts = URI.create("https://sts.example.com");

            AwsException refusal = refusal(trusted.open());

            assertThat(refusal).hasMessageContaining("407 Proxy Authentication Required");
            assertThat(advice(refusal).remedy()).startsWith("correct the proxy, its user and its password");
            assertThat(proxy.connects()).containsExactly("CONNECT sts.example.com:443 HTTP/1.1");
        }
        assertThat(trusted.pauses).isEmpty();
    }

    @Test
    void asksAServerWhoseCertificateNobodyVouchesForOnce(@TempDir Path directory) throws Exception {
        try (TrustedServer server = new TrustedServer(directory, "localhost")) {
            trusted.sts = URI.create("https://localhost:" + server.port());

            AwsException refusal = refusal(trusted.open());

            assertThat(refusal).hasMessageContaining("PKIX");
            assertThat(advice(refusal).remedy()).startsWith("let the JVM trust the certificate");
        }
        assertThat(trusted.pauses).isEmpty();
        assertThat(trusted.count("GET /token")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"403, 1", "404, 1", "408, 5", "502, 5"})
    void triesAgainWhatIsNoAnswerOfStsByItsStatus(int status, int tries) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<html>blocked</html>".getBytes(UTF_8);
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            trusted.sts = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

            AwsException refusal = refusal(trusted.open());

            assertThat(advice(refusal).remedy()).contains(tries == 1 ? "proxy or firewall" : "run the build again");
        } finally {
            server.stop(0);
        }
        assertThat(trusted.count("GET /token")).isEqualTo(tries);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'https://aws.amazon.com/tags':{'principal_tags':{'team':['x']}}} | true",
                "{'https://aws.amazon.com/tags/principal_tags/team':'x'} | true",
                "{'https://aws.amazon.com/tagsoup':'x'} | false"
            })
    void letsATokenTagItsSessionWhereItDoes(String claims, boolean tags) throws Exception {
        AwsException refusal = refusal(refusedWith(claims.replace('\'', '"')));

        assertThat(String.join("\n", advice(refusal).details()).contains("sts:TagSession"))
                .isEqualTo(tags);
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.actions.githubusercontent.com/octo, true, token.actions.githubusercontent.com/octo",
        "https://github.example.com/_services/token, false, github.example.com/_services/token"
    })
    void namesTheProviderOfAnIssuerWithAPath(String issuer, boolean twoForms, String provider) throws Exception {
        AwsException refusal =
                refusal(refusedWith("{\"iss\":\"" + issuer + "\",\"sub\":\"repo:o/r:environment:x\",\"aud\":\"a\"}"));

        String details = String.join("\n", advice(refusal).details());
        assertThat(details)
                .contains(
                        "\"Federated\": \"arn:aws:iam::123456789012:oidc-provider/" + provider + "\"",
                        "\"" + provider + ":aud\": \"a\"",
                        "\"" + provider + ":sub\": \"repo:o/r:environment:x\"");
        assertThat(details.contains("repo:o@OWNER-ID/r@REPOSITORY-ID:environment:x"))
                .isEqualTo(twoForms);
    }

    /** Opens the registry with a token of these claims, which STS does not admit. */
    private Ecr refusedWith(String claims) throws IdentityException {
        answer(Occasion.of(STS), 403, "AccessDenied", "Not authorized to perform " + STS);
        String empty = Base64.getUrlEncoder().encodeToString("{}".getBytes(UTF_8));
        String payload = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
        return trusted.open(new RoleFixture.Once(IdentityToken.of(empty + "." + payload + ".AAAA")));
    }

    @Test
    void printsTheStatementThatWouldAdmitTheSubject() {
        assertThat(String.join("\n", advice(refusal(job.open())).details())).isEqualTo("""
                identity token: issuer https://token.actions.githubusercontent.com
                identity token: audience sts.amazonaws.com
                identity token: subject repo:local/app:ref:refs/heads/main
                GitHub writes subjects in two forms; a trust policy with the other one does not admit this token:
                  by name:      repo:local/app:ref:refs/heads/main
                  immutable id: repo:local@OWNER-ID/app@REPOSITORY-ID:ref:refs/heads/main
                statement for the trust policy of arn:aws:iam::123456789012:role/ci/delivery that admits it:
                  {
                    "Effect": "Allow",
                    "Principal": {
                      "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
                    },
                    "Action": "sts:AssumeRoleWithWebIdentity",
                    "Condition": {
                      "StringEquals": {
                        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                        "token.actions.githubusercontent.com:sub": "repo:local/app:ref:refs/heads/main"
                      }
                    }
                  }""");
    }

    @Test
    void namesTheAudienceThatTheTokenHas() {
        AwsException refusal = refusal(trusted.open(trusted.gitHub("elsewhere")));

        assertThat(refusal).hasMessage(STS + ": InvalidIdentityToken: Incorrect token audience");
        assertThat(advice(refusal).details()).contains("identity token: audience elsewhere");
        assertThat(advice(refusal).remedy()).contains("--client-id elsewhere");
    }

    @Test
    void printsNothingOfTheTokenItself() {
        AwsException refusal = refusal(job.open());

        String all = refusal
                + advice(refusal).remedy()
                + advice(refusal).details().stream().collect(Collectors.joining());
        assertThat(job.secrets)
                .isNotEmpty()
                .allSatisfy(secret ->
                        assertThat(all).doesNotContain(secret, secret.substring(secret.lastIndexOf('.') + 1)));
    }

    @Test
    void passesOnWhatTheSourceOfTheTokenSays() {
        AwsException refusal = refusal(trusted.open(new IdentitySource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public boolean isRenewable() {
                return true;
            }

            @Override
            public IdentityToken fetch() throws IdentityException {
                throw new IdentityException("broken gave no token", "Add to the job:\npermissions:\n  id-token: write");
            }
        }));

        assertThat(refusal.code()).isEqualTo(AwsException.NO_IDENTITY_TOKEN);
        assertThat(advice(refusal).remedy()).isEqualTo("Add to the job:");
        assertThat(advice(refusal).details()).containsExactly("permissions:", "  id-token: write");
        assertThat(trusted.assumptions()).isZero();
    }

    private static Advice advice(AwsException refusal) {
        return refusal.advice().orElseThrow();
    }
}
