package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementsTest {
    @TempDir
    Path top;

    private final List<String> warnings = new ArrayList<>();
    private MavenProject orders;
    private MavenProject billing;
    private MavenSession session;

    @BeforeEach
    void begin() {
        orders = TestSession.module(top, "orders");
        billing = TestSession.module(top, "billing");
        session = TestSession.of(top, orders, billing);
    }

    private void watch(MavenProject module) {
        Announcements.watch(session, LeftBehind.reports(module), new GoalLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence line) {
                warnings.add(line.toString());
            }
        }));
    }

    private static void report(MavenProject module, String result) throws IOException {
        Path reports = Files.createDirectories(LeftBehind.reports(module));
        Files.writeString(
                reports.resolve("push.json"),
                "{\"schema\": 1, \"module\": \"" + module.getArtifactId() + "\", \"result\": \"" + result + "\"}");
    }

    private Path variables() {
        return top.resolve("target/ecr/ecr.env");
    }

    @Test
    void tellsOfAllImagesTogetherInTheOrderOfTheModules() throws Exception {
        watch(billing);
        watch(orders);
        report(orders, "PUBLISHED");
        report(billing, "ALREADY_PUBLISHED");

        RecordingListener.end(session);

        assertThat(variables()).hasContent("""
                ECR_RESULT_ORDERS=PUBLISHED
                ECR_RESULT_BILLING=ALREADY_PUBLISHED
                ECR_MODULES=orders,billing""");
    }

    @Test
    void tellsNothingOfModulesThatThisSessionHasNotPushed() throws Exception {
        report(billing, "PUBLISHED");
        report(orders, "PUBLISHED");
        watch(orders);

        RecordingListener.end(session);

        assertThat(variables()).hasContent("ECR_RESULT=PUBLISHED\nECR_MODULES=orders");
    }

    @Test
    void tellsOfWhatIsPublishedAtTheVeryEnd() throws Exception {
        watch(orders);
        SessionEnd.before(session, ended -> {
            try {
                report(orders, "PUBLISHED");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        RecordingListener.end(session);

        assertThat(variables()).content().startsWith("ECR_RESULT=PUBLISHED\n");
    }

    @Test
    void leavesNothingOfAnEarlierBuildWhereNothingIsPushed() throws Exception {
        Files.createDirectories(variables().getParent());
        Files.writeString(variables(), "ECR_RESULT=PUBLISHED");
        watch(orders);

        RecordingListener.end(session);

        assertThat(variables()).doesNotExist();
    }

    @Test
    void warnsWhereTheResultsCannotBeWritten() throws Exception {
        watch(orders);
        report(orders, "PUBLISHED");
        Files.writeString(top.resolve("target"), "in the way");

        RecordingListener.end(session);

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("What was pushed cannot be told to the CI system: java.nio.file.");
    }

    @Test
    void warnsWhereTheCiSystemNamesNoFile() throws Exception {
        Properties variables = new Properties();
        variables.setProperty("env.GITHUB_ACTIONS", "true");
        variables.setProperty("env.GITHUB_OUTPUT", "a\0b");
        session.getRequest().setSystemProperties(variables);
        watch(orders);
        report(orders, "PUBLISHED");

        RecordingListener.end(session);

        assertThat(warnings).hasSize(1);
        assertThat(variables()).exists();
    }

    @Test
    void letsTheFailureOfAGoalThrough() {
        MojoFailureException failure = new MojoFailureException("no");

        assertThatThrownBy(() -> Announcements.run(session, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }
}
