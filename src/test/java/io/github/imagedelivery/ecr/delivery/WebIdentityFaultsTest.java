package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.IdentityToken;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.MovableClock;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a push whose job has a token that is refused, has none, or whose session ends: for each CI system. */
class WebIdentityFaultsTest {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(
                directory.resolve("trusting"), LocalEcr.builder().clock(clock));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private IdentitySource source(CiJob job) throws Exception {
        return IdentitySource.detect(fixture.ecr.environment(job), IdentitySettings.DEFAULT)
                .orElseThrow();
    }

    private void assume(IdentitySource source) throws Exception {
        fixture.newSession(fixture.assuming(source, clock));
        fixture.ecr.clearRequests();
    }

    /** Returns the error of a push that has asked nothing of ECR. */
    private String refusal() {
        DeliveryException refusal =
                catchThrowableOfType(DeliveryException.class, () -> fixture.stage(fixture.orders()));
        assertThat(refusal).isNotNull();
        assertThat(fixture.requests()).noneMatch(request -> request.startsWith("ecr:") || request.contains("/v2/"));
        assertThat(fixture.tags()).isEmpty();
        return refusal.getMessage();
    }

    private void publishes() throws Exception {
        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0");
    }

    private static boolean isForToken(String kind) {
        return kind.matches("(?:GET|POST) /.*(?:token|tokens)");
    }

    private long tokensAsked() {
        return fixture.ecr.requests().stream()
                .map(RecordedRequest::kind)
                .filter(WebIdentityFaultsTest::isForToken)
                .count();
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void showsTheStatementThatAdmitsTheSubjectOf(CiJob job) throws Exception {
        fixture.close();
        fixture = new DeliveryFixture(
                directory.resolve("strict"), LocalEcr.builder().clock(clock).trustedSubject("nobody"));
        IdentityToken.Claims claims =
                IdentityToken.of(fixture.ecr.identityToken(job, "a")).claims();
        assume(source(job));

        assertThat(refusal())
                .contains(STS + ": AccessDenied: ", "let the role's trust policy admit the token")
                .contains(claims.issuer().substring("https://".length()) + ":sub\": \"" + claims.subject() + "\"");
        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void namesTheAudienceOfATokenThatIsForSomebodyElse(CiJob job) throws Exception {
        IdentitySettings elsewhere = new IdentitySettings("elsewhere", Optional.empty(), Optional.empty());
        Map<String, String> variables = new HashMap<>(fixture.ecr.environment(job));
        String other = fixture.ecr.identityToken(job, "elsewhere");
        variables.replaceAll((name, value) -> value.startsWith("eyJ") ? other : value);
        assume(IdentitySource.detect(variables, elsewhere).orElseThrow());
        if (job == CiJob.AZURE) {
            // Its tokens are for one audience, which the provider in IAM may not have.
            fixture.ecr
                    .faults()
                    .inject(
                            Occasion.of(STS),
                            Behaviour.answer(400, "InvalidIdentityToken", "Incorrect token audience"));
        }

        assertThat(refusal())
                .contains(STS + ": InvalidIdentityToken: Incorrect token audience", "add-client-id-to-open-id-connect")
                .contains("audience " + (job == CiJob.AZURE ? "api://AzureADTokenExchange" : "elsewhere"));
        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void getsAnotherTokenForOneThatHasEndedWhereItCan(CiJob job) throws Exception {
        IdentitySource source = source(job);
        assume(source);
        if (source.isRenewable()) {
            fixture.ecr
                    .faults()
                    .inject(Occasion.of(STS).first(1), Behaviour.answer(400, "ExpiredTokenException", "Token expired"));
            publishes();
            assertThat(tokensAsked()).isEqualTo(2);
        } else {
            clock.move(Duration.ofMinutes(6));
            assertThat(refusal())
                    .contains(STS + ": ExpiredTokenException: ", "is given once for a job", "2026-11-25T12:05:00Z");
            assertThat(fixture.count(STS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void needsTheCiSystemOnlyWhereItHasToBeAsked(CiJob job) throws Exception {
        IdentitySource source = source(job);
        assume(source);
        fixture.ecr.faults().inject(Occasion.matching(WebIdentityFaultsTest::isForToken), Behaviour.close());

        if (source.isRenewable()) {
            assertThat(refusal())
                    .startsWith("Nothing was built or sent: the job's identity token cannot be had")
                    .contains(source.name(), "(4 tries)");
            assertThat(fixture.count(STS)).isZero();
        } else {
            publishes();
            assertThat(tokensAsked()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void publishesWhenStsWasBusyFor(CiJob job) throws Exception {
        assume(source(job));
        fixture.ecr.faults().inject(Occasion.of(STS).first(1), Behaviour.answer(503, "ServiceUnavailable", "busy"));

        publishes();

        assertThat(fixture.count(STS)).isEqualTo(2);
    }

    @Test
    void endsAPushWhoseSessionEndsBetweenTwoUploads() throws Exception {
        assume(source(CiJob.GITHUB));
        Hold hold = Hold.before();
        fixture.ecr
                .faults()
                .inject(Occasion.of("POST /v2/orders/blobs/uploads/").nth(2), hold);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<Publication> deliver = () -> fixture.deliver(fixture.orders());
            Future<Publication> publication = thread.submit(deliver);
            hold.awaitArrival();
            clock.move(Duration.ofMinutes(16));
            hold.release();

            assertThat(publication.get().result()).isEqualTo(Result.PUBLISHED);
        } finally {
            thread.shutdownNow();
        }
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0");
        assertThat(fixture.count(STS)).isEqualTo(2);
        assertThat(fixture.ecr.requests()).noneMatch(request -> request.status() == 400 || request.status() == 401);
    }

    @Test
    void renewsASessionAheadOfItsEndWithoutARequestThatFails() throws Exception {
        assume(source(CiJob.GITHUB));
        StagedImage staged = fixture.stage(fixture.orders());
        clock.move(Duration.ofMinutes(11));

        assertThat(fixture.publish(staged).get(0).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fixture.count(STS)).isEqualTo(2);
        assertThat(fixture.ecr.requests()).noneMatch(request -> request.status() == 400 || request.status() == 403);
    }
}
