package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.StagedEarlier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Tells, at the end of a session that has succeeded, which modules it did not run although an earlier session has
 * staged them: a build that is resumed with {@code -rf} is green and publishes a part of the whole.
 */
final class LeftBehind {
    private static final String WATCHED = "ecr-maven-plugin.left-behind";

    private LeftBehind() {}

    /** Has it told at the end of the session, once, whichever modules ask for it. */
    static void tellAtTheEnd(MavenSession session, MavenDeliveryLog log) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            if (shared.putIfAbsent(WATCHED, true) == null) {
                SessionEnd.before(session, ended -> tell(ended, log));
            }
        }
    }

    private static void tell(MavenSession session, MavenDeliveryLog log) {
        if (session.getResult().hasExceptions()) {
            return;
        }
        List<StagedEarlier> left = session.getAllProjects().stream()
                .filter(project -> !session.getProjects().contains(project))
                .map(LeftBehind::reports)
                .map(StagedEarlier::in)
                .flatMap(Optional::stream)
                .toList();
        if (!left.isEmpty()) {
            log.leftBehind(left);
        }
    }

    /** Returns where a module's goals write their reports. */
    static Path reports(MavenProject project) {
        return Path.of(project.getBuild().getDirectory(), "ecr");
    }
}
