package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.delivery.LockSettings.Use;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Mirrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the check says of a lock file of base images. */
class InspectionOfLockTest extends WithFixture {
    private static final String LOCK = "lock file";
    private static final String BASE = "base image";

    private Path file() {
        return directory.resolve("ecr-lock.json");
    }

    private String tagged() {
        return fixture.ecr.registryHost() + "/base/jre:17";
    }

    private void lock(String base, Digest digest) throws DeliveryException {
        new LockFile(Map.of(base, new LockedBase(digest, Map.of("linux/amd64", digest)))).write(file());
    }

    private InspectionReport inspect(Use use) throws Exception {
        BaseSettings settings = new BaseSettings(fixture.cache(), new LockSettings(file(), use), Mirrors.NONE, true);
        List<Candidate> candidates =
                List.of(fixture.module("orders").base(tagged()).candidate());
        return fixture.inspection(settings).inspect(candidates, false, Exchange.Listener.NONE);
    }

    @Test
    void namesTheBasesThatAreLocked() throws Exception {
        lock(tagged(), fixture.base);

        InspectionReport report = inspect(Use.USE);

        assertThat(finding(report, LOCK).outcome()).isEqualTo(Outcome.OK);
        assertThat(finding(report, LOCK).text()).isEqualTo("the digests of these base images count: " + tagged());
        assertThat(finding(report, BASE).text()).contains(fixture.base.toString());
        assertThat(report.refusal()).isEmpty();
    }

    @Test
    void saysNothingWhereThereIsNone() throws Exception {
        assertThat(inspect(Use.USE).findings()).extracting(Finding::check).doesNotContain(LOCK);
    }

    @Test
    void saysNothingWhereItDoesNotCount() throws Exception {
        Files.writeString(file(), "damaged");

        InspectionReport report = inspect(Use.IGNORE);

        assertThat(report.findings()).extracting(Finding::check).doesNotContain(LOCK);
        assertThat(finding(report, BASE).outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void failsWhereThereMustBeOneAndIsNone() throws Exception {
        InspectionReport report = inspect(Use.REQUIRE);

        assertThat(finding(report, LOCK).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding(report, LOCK).remedy())
                .isEqualTo("run mvn ecr:lock and commit the file; or set ecr.lock to use");
        assertThat(report.refusal().orElseThrow()).hasMessageContaining("There is no lock file of base images");
    }

    @Test
    void saysOnceThatItIsDamagedAndReadsNoBase() throws Exception {
        Files.writeString(file(), "<<<<<<< HEAD");

        InspectionReport report = inspect(Use.USE);

        assertThat(finding(report, LOCK).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding(report, LOCK).text()).contains("The lock file of base images", "cannot be read");
        assertThat(finding(report, BASE).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(finding(report, BASE).text()).isEqualTo("not read, for what is said of the build as a whole");
    }

    @Test
    void failsForABaseThatIsNotLocked() throws Exception {
        lock("public.ecr.aws/docker/library/debian:13", fixture.base);

        InspectionReport report = inspect(Use.USE);

        assertThat(finding(report, LOCK).outcome()).isEqualTo(Outcome.OK);
        assertThat(finding(report, BASE).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding(report, BASE).remedy()).startsWith("run mvn ecr:lock and commit the file, or name a base");
    }

    @Test
    void failsForALockedDigestThatIsGone() throws Exception {
        lock(tagged(), Digest.of(new byte[] {1}));

        assertThat(finding(inspect(Use.USE), BASE).text())
                .contains("is locked to a digest that its registry does not have");
    }
}
