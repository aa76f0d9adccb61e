package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check of a job that has no key, whose session is limited to what the build does. */
class InspectionUnderARoleTest extends WithFixture {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    private EcrSource source() throws Exception {
        EcrSource source = fixture.assuming(fixture.ecr.environment(CiJob.GITHUB), Clock.systemUTC());
        fixture.ecr.clearRequests();
        return source;
    }

    private InspectionReport inspect(EcrSource source) {
        return fixture.inspection(source).inspect(List.of(fixture.orders().candidate()), true, Exchange.Listener.NONE);
    }

    private void trustAnotherSubject() throws Exception {
        restart(LocalEcr.builder().trustedSubject("repo:local/app:environment:x"));
    }

    @Test
    void triesTheRightsWithinTheSessionPolicy() throws Exception {
        InspectionReport report = inspect(source());

        assertThat(report.findings()).extracting(Finding::outcome).containsOnly(Outcome.OK);
        assertThat(finding(report, "push rights").text())
                .startsWith("ecr:InitiateLayerUpload and ecr:PutImage are allowed");
        assertThat(finding(report, "undo rights").text())
                .isEqualTo("ecr:DescribeImages and ecr:BatchDeleteImage are allowed");
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
