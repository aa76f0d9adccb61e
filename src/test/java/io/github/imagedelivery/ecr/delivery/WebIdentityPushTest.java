package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.MovableClock;
import io.github.imagedelivery.ecr.local.Occasion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way of a job that has no key: its CI system's token, a session, a login, an image under both tags. */
class WebIdentityPushTest {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory, LocalEcr.builder().clock(clock));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private void assume(Map<String, String> environment) throws Exception {
        fixture.newSession(fixture.assuming(environment, clock));
        fixture.ecr.clearRequests();
    }

    @ParameterizedTest
    @EnumSource(CiJob.class)
    void publishesFromAJobOf(CiJob job) throws Exception {
        assume(fixture.ecr.environment(job));

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, "1.4.0");
        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @Test
    void publishesWithATokenFromAFile() throws Exception {
        Path token = directory.resolve("token");
        Files.writeString(token, fixture.ecr.identityToken(CiJob.GITLAB, "sts.amazonaws.com"));
        Map<String, String> environment = new HashMap<>();
        environment.put("JENKINS_URL", "https://jenkins.example.com");
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        assume(environment);

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);
    }

    @Test
    void costsTwoRequestsMoreForAnUnchangedImage() throws Exception {
        fixture.deliver(fixture.orders());
        assume(fixture.ecr.environment(CiJob.GITHUB));

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.ALREADY_PUBLISHED);

        assertThat(fixture.requests())
                .containsExactly("GET /token", STS, "ecr:BatchGetImage", "ecr:GetAuthorizationToken");
    }

    @Test
    void renewsASessionThatEndsBetweenStagingAndPublishing() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITHUB));
        StagedImage staged = fixture.stage(fixture.orders());
        clock.move(Duration.ofMinutes(16));

        assertThat(fixture.publish(staged).get(0).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fixture.count(STS)).isEqualTo(2);
        assertThat(fixture.count("GET /token")).isEqualTo(2);
    }

    @Test
    void repeatsATagWriteThatMeetsAnExpiredSession() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITHUB));
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.4.0").first(1),
                        Behaviour.answer(400, "ExpiredTokenException", "The security token is expired"));

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fixture.count(STS)).isEqualTo(2);
    }

    @Test
    void leavesNoTagWhereTheTokenThatIsGivenOnceEndsBeforePublishing() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITLAB));
        StagedImage staged = fixture.stage(fixture.orders());
        clock.move(Duration.ofMinutes(16));

        Publication publication = fixture.publish(staged).get(0);

        assertThat(publication.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(publication.error().orElseThrow().getMessage())
                .contains("ExpiredTokenException", "is given once for a job", "ecr.sessionDuration");
        assertThat(fixture.tags()).isEmpty();
    }

    @Test
    void saysWhichActionTheRoleLacks() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITHUB));
        fixture.ecr.faults().deny("ecr:PutImage");

        assertThatThrownBy(() -> fixture.stage(fixture.orders()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(
                        "assumed-role/delivery/0123456789ab-42 is not authorized to perform: ecr:PutImage")
                .hasMessageContaining("to fix: allow ecr:PutImage");
    }

    @Test
    void sendsNothingWhereTheProviderOfTokensIsBroken() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITHUB));
        fixture.ecr.faults().inject(Occasion.of("GET /token"), Behaviour.answer(401, "Unauthorized", "no"));

        assertThatThrownBy(() -> fixture.stage(fixture.orders()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("Nothing was built or sent: the job's identity token cannot be had")
                .hasMessageContaining("GitHub Actions");
        assertThat(fixture.count(STS)).isZero();
    }

    @Test
    void isHeldToTheRepositoriesOfTheBuild() throws Exception {
        assume(fixture.ecr.environment(CiJob.GITHUB));
        fixture.deliver(fixture.orders());

        fixture.deliver(fixture.module("billing").base(fixture.pinnedBase()));

        assertThat(fixture.count(STS)).isEqualTo(2);
        assertThat(fixture.count("ecr:GetAuthorizationToken")).isEqualTo(2);
    }
}
