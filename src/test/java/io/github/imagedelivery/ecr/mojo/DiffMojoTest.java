package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal makes of its parameters, in front of the embedded ECR of the session. */
class DiffMojoTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path top;

    private final DiffMojo mojo = new DiffMojo();

    @BeforeEach
    void publish() throws Exception {
        MavenProject project = TestSession.module(top, "orders");
        Files.write(
                Files.createDirectories(Path.of(project.getBuild().getOutputDirectory()))
                        .resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
        configure(mojo, project);
        PushMojo push = new PushMojo();
        configure(push, project);
        push.session = mojo.session;
        push.publishAt = "goal";
        push.execute();
    }

    private void configure(ModuleGoal goal, MavenProject project) throws Exception {
        goal.project = project;
        goal.session = TestSession.of(top, project);
        goal.reportDirectory = top.resolve("orders/target/ecr").toFile();
        goal.execution = TestPlugin.running();
        goal.registry = "local";
        goal.from = FromElement.of("scratch");
        goal.sha = SHA;
        goal.version = "1.4.0";
        goal.mainClass = "App";
    }

    private Json report() throws Exception {
        return Json.parse(Files.readAllBytes(top.resolve("orders/target/ecr/diff.json")));
    }

    @Test
    void findsTheSameImageInTheSameWorkingCopy() throws Exception {
        mojo.diffFail = true;

        mojo.execute();

        assertThat(report().get("same").isTrue()).isTrue();
        assertThat(report().get("from").get("name").text()).hasValue(SHA);
        assertThat(report().get("to").get("name").text()).hasValue("this build");
    }

    @Test
    void reportsADifferenceAndGoesOn() throws Exception {
        mojo.labelList = List.of("team=red");
        mojo.diffFrom = "1.4.0";

        mojo.execute();

        assertThat(report().get("same").isTrue()).isFalse();
        assertThat(report().get("platforms")
                        .items()
                        .get(0)
                        .get("config")
                        .items()
                        .toString())
                .contains("label team");
    }

    @Test
    void failsWhereThatIsAskedForAndLeavesTheReport() throws Exception {
        mojo.labelList = List.of("team=red");
        mojo.diffFail = true;

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith(
                        "The images of orders differ, and ecr.diff.fail is set; nothing was sent or tagged")
                .hasMessageContaining("label team")
                .hasMessageContaining("to fix: build as before");
        assertThat(report().get("same").isTrue()).isFalse();
    }

    @Test
    void comparesTwoTagsOfAModuleThatIsNotBuilt() throws Exception {
        Files.delete(top.resolve("orders/target/classes/App.class"));
        mojo.mainClass = null;
        mojo.sha = null;
        mojo.version = null;
        mojo.diffFrom = SHA;
        mojo.diffTo = "1.4.0";

        mojo.execute();

        assertThat(report().get("same").isTrue()).isTrue();
    }

    @Test
    void comparesTheImageOfTheCommitWithAnotherOne() throws Exception {
        mojo.diffTo = "1.4.0";

        mojo.execute();

        assertThat(report().get("from").get("name").text()).hasValue(SHA);
    }

    @Test
    void comparesNothingForAParentAmongOtherModules() throws Exception {
        mojo.project.setPackaging("pom");
        mojo.session.setProjects(List.of(mojo.project, TestSession.module(top, "billing")));
        mojo.diffFrom = SHA;
        mojo.diffTo = "1.4.0";

        mojo.execute();

        assertThat(top.resolve("orders/target/ecr/diff.json")).doesNotExist();
    }

    @Test
    void asksTheRepositoryThatIsNamedOfAParentAlone() throws Exception {
        mojo.project.setPackaging("pom");
        mojo.name = "orders";
        mojo.diffFrom = SHA;
        mojo.diffTo = "1.4.0";

        mojo.execute();

        assertThat(report().get("same").isTrue()).isTrue();
    }

    @Test
    void removesAnOldReportWhereThereIsNothingToCompareWith() throws Exception {
        mojo.execute();
        mojo.diffFrom = "9.9.9";

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no image 9.9.9 to compare with; nothing was built");
        assertThat(top.resolve("orders/target/ecr/diff.json")).doesNotExist();
    }
}
