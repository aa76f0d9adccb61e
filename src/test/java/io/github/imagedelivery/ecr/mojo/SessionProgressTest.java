package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionProgressTest {
    @TempDir
    Path top;

    private MavenSession session;

    /** Named like Maven's own. */
    private static final class QuietMavenTransferListener extends AbstractTransferListener {}

    private static final class Slf4jMavenTransferListener extends AbstractTransferListener {}

    private static final class ConsoleMavenTransferListener extends AbstractTransferListener {}

    @BeforeEach
    void begin() {
        session = TestSession.of(top, TestSession.module(top, "orders"));
        session.getRequest().getSystemProperties().setProperty("env.TERM", "xterm");
        session.getRequest().setInteractiveMode(true);
        session.getRequest().setTransferListener(new ConsoleMavenTransferListener());
    }

    @Test
    void isWatchedByWhoHasStartedItByHand() {
        assertThat(SessionProgress.isWatched(session)).isTrue();
    }

    @Test
    void isNotWatchedInBatchMode() {
        session.getRequest().setInteractiveMode(false);

        assertThat(SessionProgress.isWatched(session)).isFalse();
    }

    @Test
    void isNotWatchedWhereDownloadsAreNot() {
        session.getRequest().setTransferListener(new QuietMavenTransferListener());
        assertThat(SessionProgress.isWatched(session)).isFalse();

        session.getRequest().setTransferListener(new Slf4jMavenTransferListener());
        assertThat(SessionProgress.isWatched(session)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "1, false", "false, true", "'', true"})
    void isNotWatchedInCi(String ci, boolean isWatched) {
        session.getRequest().getSystemProperties().setProperty("env.CI", ci);

        assertThat(SessionProgress.isWatched(session)).isEqualTo(isWatched);
    }

    @Test
    void isOneBoardForAllModules() throws Exception {
        assertThat(SessionProgress.of(goal("auto"))).isSameAs(SessionProgress.of(goal("auto")));
    }

    @Test
    void isNothingWhereNothingIsWanted() throws Exception {
        assertThat(SessionProgress.of(goal("none"))).isSameAs(Progress.UNSEEN);
    }

    @Test
    void leavesTheTerminalAloneWhereThereIsNone() throws Exception {
        List<String> log = new ArrayList<>();
        PushMojo goal = goal("live");
        goal.setLog(new RecordingMavenLog(log));

        SessionProgress.of(goal).begin("orders").close();

        assertThat(log).isEmpty();
        assertThat(session.getRequest().getData()).doesNotContainKey("ecr-maven-plugin.foot");
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no Maven that would inject anything
    private PushMojo goal(String progress) {
        PushMojo goal = new PushMojo();
        goal.session = session;
        goal.progress = progress;
        return goal;
    }
}
