package io.github.imagedelivery.ecr.aws;

import static io.github.imagedelivery.ecr.aws.RoleFixture.BILLING;
import static io.github.imagedelivery.ecr.aws.RoleFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionTest {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    private final RoleFixture job = RoleFixture.start(builder -> builder);

    @AfterEach
    void stop() {
        job.close();
    }

    @Test
    void beginsNoSessionBeforeARequestNeedsOne() {
        job.open();

        assertThat(job.server.requests()).isEmpty();
    }

    @Test
    void beginsOneSessionForManyRequests() throws AwsException {
        Ecr ecr = job.open();

        ecr.describe(ORDERS);
        ecr.images(ORDERS, List.of());
        ecr.login();

        assertThat(job.assumptions()).isEqualTo(1);
        assertThat(job.sessions).singleElement().satisfies(session -> {
            assertThat(session.caller())
                    .isEqualTo(new Caller(
                            "123456789012", "arn:aws:sts::123456789012:assumed-role/delivery/0123456789ab-42"));
            assertThat(session.until()).isEqualTo(Instant.parse("2026-11-25T12:15:00Z"));
            assertThat(session.means()).startsWith("the identity token of GitHub Actions");
            assertThat(session.renewed()).isFalse();
        });
    }

    @Test
    void tellsTheTrafficOfTheRequestToSts() throws AwsException {
        List<String> operations = new ArrayList<>();
        Exchange.Listener listener = exchange -> operations.add(exchange.request());

        job.clients(job.gitHub("sts.amazonaws.com"), List.of())
                .open(Optional.of("eu-central-1"), listener)
                .describe(ORDERS);

        assertThat(operations).containsExactly(STS, "ecr:DescribeRepositories");
    }

    @Test
    void announcesTokenAndKeysBeforeTheyAreUsed() throws AwsException {
        job.open().describe(ORDERS);

        assertThat(job.secrets).hasSize(4);
        assertThat(job.secrets.get(0)).startsWith("eyJ");
        assertThat(job.secrets.get(1)).matches("ASIA[A-Z0-9]+");
    }

    @Test
    void limitsTheSessionToTheRepositoryThatIsAskedFor() throws AwsException {
        Ecr ecr = job.open();
        ecr.describe(ORDERS);

        ecr.describe(BILLING);

        assertThat(job.sessions)
                .extracting(IdentityListener.Session::scope)
                .containsExactly("1 repository", "2 repositories");
    }

    @Test
    void coversTheRepositoriesThatAreKnownAheadWithOneSession() throws AwsException {
        job.targets.add(new SessionTarget(Optional.empty(), ORDERS, true));
        job.targets.add(new SessionTarget(Optional.empty(), BILLING, true));
        Ecr ecr = job.open();

        ecr.describe(ORDERS);
        ecr.describe(BILLING);

        assertThat(job.assumptions()).isEqualTo(1);
        assertThat(job.sessions.get(0).scope()).isEqualTo("2 repositories");
    }

    @Test
    void letsNothingBeWrittenWithASessionForReading() throws AwsException {
        Ecr ecr = job.open();
        ecr.willRead(ORDERS);

        ecr.describe(ORDERS);

        assertThat(job.assumptions()).isEqualTo(2);
    }

    @Test
    void getsAnotherLoginWhenTheSessionCoversMore() throws AwsException {
        Ecr ecr = job.open();
        ecr.willRead(ORDERS);
        Login first = ecr.login();
        ecr.willRead(BILLING);

        assertThat(ecr.login()).isNotEqualTo(first);
        assertThat(ecr.login()).isEqualTo(ecr.login());
    }

    @Test
    void takesAWiderPolicyWhereThePackedOneIsTooLarge() throws AwsException {
        job.server
                .faults()
                .inject(
                        Occasion.of(STS).first(1),
                        Behaviour.answer(400, "PackedPolicyTooLarge", "Packed size of session policy consumes 120%"));

        job.open().describe(new RepositoryName("orders"));

        assertThat(job.sessions.get(0).scope()).isEqualTo("all repositories of the registry of its 1 repository");
        assertThat(job.pauses).isEmpty();
    }

    @Test
    void renewsTheSessionWhenTwoThirdsOfItsLifeAreOver() throws AwsException {
        Ecr ecr = job.open();
        ecr.describe(ORDERS);
        job.pass(Duration.ofMinutes(10).minusSeconds(1));
        ecr.describe(ORDERS);
        assertThat(job.assumptions()).isEqualTo(1);
        job.pass(Duration.ofSeconds(1));

        ecr.describe(ORDERS);

        assertThat(job.assumptions()).isEqualTo(2);
        assertThat(job.count("GET /token")).isEqualTo(2);
        assertThat(job.sessions.get(1).renewed()).isTrue();
    }

    @Test
    void usesTheSessionToItsEndWhereTheTokenIsGivenOnce() throws Exception {
        Ecr ecr = job.open(RoleFixture.Once.of(job.gitHub("sts.amazonaws.com")));
        ecr.describe(ORDERS);
        job.pass(Duration.ofMinutes(15).minusSeconds(1));

        ecr.describe(ORDERS);

        assertThat(job.sessions).hasSize(1);
    }

    @Test
    void saysOnceThatASessionIsNotRenewedAndDoesNotAskAgainAfterARefusal() throws Exception {
        Ecr ecr = job.open(RoleFixture.Once.of(job.gitHub("sts.amazonaws.com")));
        ecr.describe(ORDERS);
        for (int minute = 0; minute < 14; minute++) {
            job.pass(Duration.ofMinutes(1));
            ecr.describe(ORDERS);
        }

        assertThat(job.kept)
                .singleElement()
                .asString()
                .startsWith("2026-11-25T12:15:00Z " + STS + ": ExpiredTokenException: Token expired");
        assertThat(job.assumptions()).isEqualTo(2);
    }

    @Test
    void asksAgainForASessionThatMayStillBeRenewed() throws AwsException {
        Ecr ecr = job.open();
        ecr.describe(ORDERS);
        job.server.faults().inject(Occasion.of(STS).first(10), Behaviour.answer(503, "ServiceUnavailable", "busy"));
        for (int minute = 0; minute < 14; minute++) {
            job.pass(Duration.ofMinutes(1));
            ecr.describe(ORDERS);
        }

        assertThat(job.kept).hasSize(1);
        assertThat(job.sessions).hasSize(2);
        assertThat(job.sessions.get(1).until()).isEqualTo(Instant.parse("2026-11-25T12:27:00Z"));
    }

    @Test
    void saysThatATokenThatIsGivenOnceHasEnded() throws Exception {
        Ecr ecr = job.open(RoleFixture.Once.of(job.gitHub("sts.amazonaws.com")));
        ecr.describe(ORDERS);
        job.pass(Duration.ofMinutes(15));

        assertThatThrownBy(() -> ecr.describe(ORDERS)).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo("ExpiredTokenException");
            assertThat(e.advice().orElseThrow().remedy())
                    .startsWith("let the token of a variable, which ended at 2026-11-25T12:05:00Z and is given once")
                    .contains("ecr.sessionDuration");
        });
    }

    @Test
    void repeatsARequestOnceWithANewSessionWhenItsOwnHasExpired() throws AwsException {
        Ecr ecr = job.open();
        ecr.describe(ORDERS);
        job.server
                .faults()
                .inject(
                        Occasion.of("ecr:DescribeRepositories").first(1),
                        Behaviour.answer(
                                400, "ExpiredTokenException", "The security token included in the request is expired"));

        ecr.describe(ORDERS);

        assertThat(job.assumptions()).isEqualTo(2);
    }

    @Test
    void givesUpWhereTheNewSessionIsCalledExpiredToo() throws AwsException {
        Ecr ecr = job.open();
        job.server
                .faults()
                .inject(
                        Occasion.of("ecr:DescribeRepositories"),
                        Behaviour.answer(
                                400, "ExpiredTokenException", "The security token included in the request is expired"));

        assertThatThrownBy(() -> ecr.describe(ORDERS)).hasMessageContaining("ExpiredTokenException");

        assertThat(job.assumptions()).isEqualTo(2);
    }

    @Test
    void takesWhoTheCallerIsFromTheSession() throws AwsException {
        Caller caller = job.clients(job.gitHub("sts.amazonaws.com"), List.of())
                .caller(Optional.empty(), Optional.of("eu-central-1"), Exchange.Listener.NONE)
                .orElseThrow();

        assertThat(caller.arn()).endsWith(":assumed-role/delivery/0123456789ab-42");
        assertThat(caller.account()).isEqualTo("123456789012");
        assertThat(job.count("sts:GetCallerIdentity")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "InvalidIdentityToken", "IDPRejectedClaim", "ExpiredTokenException"})
    void asksNoFurtherWhereStsRefusesForGood(String code) {
        Ecr ecr = job.open();
        job.server.faults().inject(Occasion.of(STS).first(2), Behaviour.answer(400, code, "no"));
        assertThatThrownBy(() -> ecr.describe(ORDERS)).hasMessageContaining(code);
        long asked = job.assumptions();

        assertThatThrownBy(() -> ecr.describe(BILLING)).hasMessageContaining(code);

        assertThat(job.assumptions()).isEqualTo(asked);
    }

    @Test
    void asksAgainInTheNextModuleWhereStsWasOnlyBusy() throws AwsException {
        Ecr ecr = job.open();
        job.server.faults().inject(Occasion.of(STS).first(5), Behaviour.answer(503, "ServiceUnavailable", "busy"));
        assertThatThrownBy(() -> ecr.describe(ORDERS)).hasMessageContaining("busy");

        ecr.describe(BILLING);

        assertThat(job.sessions).hasSize(1);
    }
}
