package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.ImageDescription;
import java.nio.file.Path;
import org.apache.maven.model.License;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionsTest {
    @TempDir
    Path directory;

    private final PushMojo mojo = new PushMojo();

    @BeforeEach
    void readProject() {
        mojo.project = TestSession.module(directory, "orders");
        mojo.project.setVersion("1.4.0");
    }

    @Test
    void takeTheNameOfTheProjectForTheTitle() throws Exception {
        mojo.project.setName("Order service");

        assertThat(read().title()).hasValue("Order service");
    }

    @Test
    void takeTheArtifactIdWhereTheNameHoldsTheVersion() throws Exception {
        mojo.project.setName("Orders 1.4.0");

        assertThat(read().title()).hasValue("orders");
    }

    @Test
    void takeNoLicenseFromAParent() throws Exception {
        License license = new License();
        license.setName("Apache-2.0");
        mojo.project.getModel().addLicense(license);

        assertThat(read().licenses()).isEmpty();
    }

    @Test
    void takeTheLicenseOfTheModulesOwnPom() throws Exception {
        License license = new License();
        license.setName("Apache-2.0");
        mojo.project.getOriginalModel().addLicense(license);

        assertThat(read().licenses()).hasValue("Apache-2.0");
    }

    private ImageDescription read() throws Exception {
        return new Descriptions(mojo.project).read(new Parameters(mojo), new ContainerParameters(mojo));
    }
}
