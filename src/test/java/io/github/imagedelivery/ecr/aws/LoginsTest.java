package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.EcrFixture.NOON;
import static io.github.imagedelivery.ecr.aws.EcrFixture.login;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.ScriptedEcr.Reply;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {
    private static final String HOST = "https://123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final Instant MIDNIGHT = NOON.plus(Duration.ofHours(12));

    @AutoClose
    private final EcrFixture fixture = EcrFixture.open();

    @BeforeEach
    void answerWithALogin() {
        fixture.server.on(
                "GetAuthorizationToken",
                login("Zmlyc3Q=", MIDNIGHT, HOST),
                login("c2Vjb25k", MIDNIGHT.plus(Duration.ofHours(12)), HOST),
                login("dGhpcmQ=", MIDNIGHT.plus(Duration.ofHours(24)), HOST));
    }

    @Test
    void givesTokenEndAndEndpoint() throws Exception {
        assertThat(fixture.ecr.login()).isEqualTo(new Login("Zmlyc3Q=", MIDNIGHT.plusMillis(500), URI.create(HOST)));
        assertThat(fixture.server.onlyRequest().body()).hasToString("{}");
    }

    @Test
    void givesTheSameLoginForHalfOfItsLife() throws Exception {
        fixture.ecr.login();
        fixture.now.set(NOON.plus(Duration.ofHours(6)));

        assertThat(fixture.ecr.login().token()).isEqualTo("Zmlyc3Q=");
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void logsInAnewAfterHalfOfItsLife() throws Exception {
        fixture.ecr.login();
        fixture.now.set(NOON.plus(Duration.ofHours(6)).plusSeconds(1));

        assertThat(fixture.ecr.login().token()).isEqualTo("c2Vjb25k");
    }

    @Test
    void announcesTokenAndPasswordOfEachLoginAsSecrets() throws Exception {
        fixture.server.on(
                "GetAuthorizationToken",
                login("QVdTOnBhc3N3b3Jk", MIDNIGHT, HOST),
                login("bm8tcGFpcg==", MIDNIGHT, HOST));

        fixture.ecr.renew(fixture.ecr.login().token());

        assertThat(fixture.secrets).containsExactly("QVdTOnBhc3N3b3Jk", "password", "bm8tcGFpcg==", "no-pair");
    }

    @Test
    void announcesALoginWhoseTokenIsNoBase64() throws Exception {
        fixture.server.on("GetAuthorizationToken", login("canary-token", MIDNIGHT, HOST));

        fixture.ecr.login();

        assertThat(fixture.secrets).containsExactly("canary-token");
    }

    @Test
    void sharesALoginAmongTheModulesOfABuild() throws Exception {
        fixture.ecr.login();
        EcrHost host = EcrHost.parse("210987654321.dkr.ecr.eu-central-1.amazonaws.com");

        assertThat(fixture.clients.open(host, Exchange.Listener.NONE).login().token())
                .isEqualTo("Zmlyc3Q=");
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void sharesNoLoginWithAnotherRegion() throws Exception {
        fixture.ecr.login();

        assertThat(fixture.clients
                        .open(Optional.of("us-east-1"), Exchange.Listener.NONE)
                        .login()
                        .token())
                .isEqualTo("c2Vjb25k");
    }

    @Test
    void replacesALoginThatTheRegistryRefused() throws Exception {
        String stale = fixture.ecr.login().token();

        assertThat(fixture.ecr.renew(stale).token()).isEqualTo("c2Vjb25k");
        assertThat(fixture.ecr.login().token()).isEqualTo("c2Vjb25k");
    }

    @Test
    void replacesARefusedLoginOnceHoweverManyAsk() throws Exception {
        String stale = fixture.ecr.login().token();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<String> renewal = () -> fixture.ecr.renew(stale).token();
            for (Future<String> renewed :
                    threads.invokeAll(Stream.generate(() -> renewal).limit(8).toList())) {
                assertThat(renewed.get()).isEqualTo("c2Vjb25k");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void keepsNoLoginThatFailed() throws Exception {
        fixture.server.on(
                "GetAuthorizationToken", Reply.error("AccessDeniedException", "no"), login("b2s=", MIDNIGHT, HOST));

        assertThatThrownBy(fixture.ecr::login).isInstanceOf(AwsException.class);
        assertThat(fixture.ecr.login().token()).isEqualTo("b2s=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'authorizationData':[]}",
                "{'authorizationData':[{'expiresAt':1800000000,'proxyEndpoint':'https://a.example'}]}",
                "{'authorizationData':[{'authorizationToken':'canary','proxyEndpoint':'https://a.example'}]}",
                "{'authorizationData':[{'authorizationToken':'canary','expiresAt':1800000000}]}",
                "{'authorizationData':[{'authorizationToken':'canary\\r\\nX: y','expiresAt':1800000000,"
                        + "'proxyEndpoint':'https://a.example'}]}",
                "{'authorizationData':[{'authorizationToken':'canary','expiresAt':1800000000,"
                        + "'proxyEndpoint':'http://a.example'}]}"
            })
    void refusesALoginThatIsIncompleteOrUnsafe(String answer) {
        fixture.server.on("GetAuthorizationToken", Reply.ok(answer));

        assertThatThrownBy(fixture.ecr::login)
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("ecr:GetAuthorizationToken: ")
                .hasMessageNotContaining("canary");
    }

    @Test
    void findsTheDataPlaneWithTheLoginWhereTheApiIsElsewhere() throws Exception {
        for (String endpoint : List.of("http://127.0.0.1:5000", "https://registry.example:8443")) {
            fixture.server.on("GetAuthorizationToken", login("b2s=", MIDNIGHT, endpoint + "/"));

            assertThat(fixture.ecr.renew(fixture.ecr.login().token()).endpoint())
                    .isEqualTo(URI.create(endpoint));
            assertThat(fixture.ecr.dataPlane()).isEqualTo(URI.create(endpoint));
        }
    }
}
