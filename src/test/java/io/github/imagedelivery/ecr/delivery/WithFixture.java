package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that each have a delivery of their own, at an embedded ECR. */
abstract class WithFixture {
    @TempDir
    Path directory;

    DeliveryFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Takes another ECR. */
    void restart(LocalEcrBuilder builder) throws Exception {
        fixture.close();
        fixture = new DeliveryFixture(directory, builder);
    }

    static Finding finding(InspectionReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " is not among " + report.findings()));
    }
}
