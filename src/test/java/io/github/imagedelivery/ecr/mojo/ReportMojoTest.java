package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportMojoTest {
    @TempDir
    Path top;

    private final List<String> lines = new ArrayList<>();
    private final RecordingMavenLog log = new RecordingMavenLog(lines);
    private final ReportMojo goal = new ReportMojo();
    private MavenProject orders;
    private MavenProject billing;

    @BeforeEach
    void begin() {
        orders = TestSession.module(top, "orders");
        billing = TestSession.module(top, "billing");
        goal.session = TestSession.of(top, orders, billing);
        goal.setLog(log);
    }

    private static void report(MavenProject module, String content) throws IOException {
        Path reports = Files.createDirectories(LeftBehind.reports(module));
        Files.writeString(reports.resolve("push.json"), content);
    }

    private Path page() {
        return top.resolve("target/ecr/report.html");
    }

    @Test
    void makesOnePageOfAllReportsInTheOrderOfTheModules() throws Exception {
        report(billing, "{\"schema\": 1, \"module\": \"billing\", \"result\": \"REFUSED\"}");
        report(orders, "{\"schema\": 1, \"module\": \"orders\", \"result\": \"PUBLISHED\"}");

        goal.execute();

        assertThat(page())
                .content()
                .contains("<h1>2 images</h1>", "1 refused")
                .containsSubsequence("<h2>orders</h2>", "<h2>billing</h2>");
        assertThat(lines).containsExactly("[INFO] Report of 2 images: " + page());
    }

    @Test
    void passesOverModulesWithoutAReportAndWhatIsNone() throws Exception {
        report(billing, "no JSON");
        report(orders, "{\"schema\": 1, \"module\": \"orders\", \"result\": \"PUBLISHED\"}");

        goal.execute();

        assertThat(page()).content().contains("<h1>orders</h1>").doesNotContain("billing");
    }

    @Test
    void refusesWhereThereIsNothingToReport() {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                There is nothing to report
                  cause: no module of this build has a target/ecr/push.json
                  to fix: run mvn deploy in the same working directory first, without a clean in between""");
        assertThat(page()).doesNotExist();
    }

    @Test
    void saysWhereThePageCannotBeWritten() throws Exception {
        report(orders, "{\"schema\": 1, \"module\": \"orders\", \"result\": \"PUBLISHED\"}");
        Files.writeString(top.resolve("target"), "in the way");

        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("The page cannot be written\n  cause: ")
                .hasMessageEndingWith("make " + top.resolve("target/ecr") + " writable");
    }

    @Test
    void isMadeAtTheEndOfABuildOfSeveralImages() throws Exception {
        Announcements.watch(goal.session, LeftBehind.reports(orders), new GoalLog(log));
        Announcements.watch(goal.session, LeftBehind.reports(billing), new GoalLog(log));
        report(orders, "{\"schema\": 1, \"module\": \"orders\", \"result\": \"PUBLISHED\"}");
        report(billing, "{\"schema\": 1, \"module\": \"billing\", \"result\": \"ALREADY_PUBLISHED\"}");

        RecordingListener.end(goal.session);

        assertThat(page()).content().contains("<h1>2 images</h1>");
    }

    @Test
    void isRemovedWhereTheNextBuildBegins() throws Exception {
        Files.createDirectories(page().getParent());
        Files.writeString(page(), "of yesterday");

        Announcements.watch(goal.session, LeftBehind.reports(orders), new GoalLog(log));
        RecordingListener.end(goal.session);

        assertThat(page()).doesNotExist();
    }
}
