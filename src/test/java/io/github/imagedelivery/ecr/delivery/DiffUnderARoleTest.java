package io.github.imagedelivery.ecr.delivery;

import static io.github.imagedelivery.ecr.delivery.DeliveryFixture.REPOSITORY;
import static io.github.imagedelivery.ecr.delivery.DeliveryFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A comparison in a job that has no key: its session is for reading alone, and the embedded ECR holds it to that. */
class DiffUnderARoleTest extends WithFixture {
    private static final String STS = "sts:AssumeRoleWithWebIdentity";

    private TestModule changed() throws Exception {
        TestModule module = fixture.orders();
        fixture.published(module);
        return module.code("built differently");
    }

    private EcrSource source(SessionTarget... targets) throws Exception {
        IdentitySource source = IdentitySource.detect(fixture.ecr.environment(CiJob.GITHUB), IdentitySettings.DEFAULT)
                .orElseThrow();
        fixture.ecr.clearRequests();
        return fixture.assuming(source, Clock.systemUTC(), List.of(targets));
    }

    private DiffReport ofBuild(EcrSource source, TestModule module) throws Exception {
        return fixture.diff(source).ofBuild(module.module(), Optional.empty(), Exchange.Listener.NONE);
    }

    @Test
    void needsOneSessionThatMayRead() throws Exception {
        TestModule module = changed();

        DiffReport report = ofBuild(source(target(REPOSITORY, false), target("base/jre", false)), module);

        assertThat(report.lines()).anyMatch(line -> line.contains("demo/Main.class"));
        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @Test
    void beginsASessionThatMayReadWhereNothingWasKnownAhead() throws Exception {
        TestModule module = changed().base("scratch");

        DiffReport report = ofBuild(source(), module);

        assertThat(report.isSame()).isFalse();
        assertThat(fixture.count(STS)).isEqualTo(1);
    }

    @Test
    void leavesTheRightToWriteToAPush() throws Exception {
        TestModule module = changed();
        EcrSource source = source();
        ofBuild(source, module);
        long before = fixture.count(STS);
        fixture.newSession(source);

        fixture.published(module.sha(TestModule.OTHER_SHA).version("1.5.0"));

        assertThat(fixture.count(STS)).isEqualTo(before + 1);
    }
}
