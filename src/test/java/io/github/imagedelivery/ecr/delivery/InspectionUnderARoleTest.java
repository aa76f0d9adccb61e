package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a job that has no key, whose session is limited to what the build does. */
class InspectionUnderARoleTest {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private EcrSource source() throws Exception {
        EcrSource source = fixture.assuming(fixture.ecr.environment(CiJob.GITHUB), Clock.systemUTC());
        fixture.ecr.clearRequests();
        return source;
    }

    private InspectionReport inspect(EcrSource source) {
        return fixture.inspection(source).inspect(List.of(fixture.orders().candidate()), true, Exchange.Listener.NONE);
    }

    private void trustAnotherSubject() throws Exception {
        fixture.close();
        fixture = new DeliveryFixture(directory, LocalEcr.builder().trustedSubject("repo:local/app:environment:x"));
    }

    private static Finding finding(InspectionReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " is not among " + report.findings()));
    }

    @Test
    void triesTheRightsWithinTheSessionPolicy() throws Exception {
        InspectionReport report = inspect(source());

        assertThat(report.findings()).extracting(Finding::outcome).containsOnly(Outcome.OK);
        assertThat(finding(report, "push rights").text())
                .startsWith("ecr:InitiateLayerUpload and ecr:PutImage are allowed");
        assertThat(finding(report, "undo rights").text()).isEqualTo("ecr:BatchDeleteImage is allowed");
    }

    @Test
    void learnsTheIdentityFromTheSession() throws Exception {
        InspectionReport report = inspect(source());

        assertThat(finding(report, "identity").text())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/delivery/0123456789ab-42, account 123456789012");
        assertThat(fixture.count("sts:GetCallerIdentity")).isZero();
    }

    @Test
    void sharesItsSessionAndLoginWithThePush() throws Exception {
        EcrSource source = source();
        inspect(source);
        fixture.newSession(source);

        assertThat(fixture.deliver(fixture.orders()).result()).isEqualTo(Result.PUBLISHED);

        assertThat(List.of("GET /token", STS, "ecr:GetAuthorizationToken"))
                .allSatisfy(kind -> assertThat(fixture.count(kind)).as(kind).isEqualTo(1));
    }

    @Test
    void printsTheStatementThatTheTrustPolicyLacksReadyToCopy() throws Exception {
        trustAnotherSubject();

        InspectionReport report = inspect(source());

        assertThat(finding(report, "identity").text()).doesNotContain("Effect");
        assertThat(report.refusal().orElseThrow().getMessage().lines())
                .anyMatch(line -> line.endsWith("\"Effect\": \"Allow\","))
                .anyMatch(line -> line.strip().equals("}"));
    }

    @Test
    void asksOnceForASessionThatIsRefused() throws Exception {
        trustAnotherSubject();

        inspect(source());

        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @Test
    void doesNotBlameTheBaseForTheIdentity() throws Exception {
        trustAnotherSubject();

        InspectionReport report = inspect(source());

        assertThat(finding(report, "base image").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAILED)
                .extracting(Finding::check)
                .containsExactly("identity");
    }

    @Test
    void asksNobodyWhoTheBuildIsWhereEcrAloneIsOnThisMachine() throws Exception {
        InspectionReport report = inspect(fixture.withoutSts());

        assertThat(report.findings())
                .extracting(Finding::check)
                .doesNotContain("identity")
                .contains("login");
        assertThat(report.outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void callsADeniedLoginALoginWhereNobodyIsAskedForTheIdentity() throws Exception {
        fixture.ecr.faults().deny("ecr:GetAuthorizationToken");

        assertThat(finding(inspect(fixture.withoutSts()), "login").outcome()).isEqualTo(Outcome.FAILED);
    }
}
