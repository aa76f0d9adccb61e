package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Progress;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;

/**
 * What a session shows of its work. All modules share one board; where the plugin is in several class loaders, the first
 * of them alone has the foot of the terminal.
 */
final class SessionProgress {
    private static final String FOOT = "ecr-maven-plugin.foot";
    /** What Maven itself reports downloads by where they are not to be watched: {@code -ntp}, {@code -q}, {@code -l}. */
    private static final Pattern UNWATCHED = Pattern.compile("(?:Quiet|Slf4j|BatchMode).*");

    private SessionProgress() {}

    /** What is shown. */
    enum Way {
        AUTO,
        LIVE,
        PLAIN,
        NONE
    }

    static Way way(ProgressParameters goal) throws DeliveryException {
        return Choice.of("ecr.progress", goal.progress, Way.AUTO);
    }

    /** Returns the board of the session; makes it where there is none yet. */
    static Progress of(ProgressParameters goal) throws DeliveryException {
        Way way = way(goal);
        if (way == Way.NONE) {
            return Progress.UNSEEN;
        }
        String key = SessionProgress.class.getName() + "@"
                + System.identityHashCode(SessionProgress.class.getClassLoader()) + " " + way;
        Map<String, Object> shared = goal.session.getRequest().getData();
        synchronized (shared) {
            if (!(shared.get(key) instanceof Progress)) {
                shared.put(key, new ProgressBoard(System::nanoTime, new TickerThread(), view(goal, way)));
            }
            return (Progress) shared.get(key);
        }
    }

    private static ProgressBoard.View view(ProgressParameters goal, Way way) {
        MavenSession session = goal.session;
        Terminal terminal = new StandardTerminal(Environment.of(session));
        boolean isLive = way == Way.LIVE || (way == Way.AUTO && isWatched(session));
        if (isLive
                && terminal.size().isPresent()
                && session.getRequest().getData().putIfAbsent(FOOT, true) == null) {
            LiveLines lines = new LiveLines(terminal);
            SessionEnd.close(session, lines);
            return new LiveProgress(lines);
        }
        return new PlainProgress(new GoalLog(goal.getLog())::atWork);
    }

    /** Tells whether somebody sits in front of the build, as far as Maven and its caller know. */
    static boolean isWatched(MavenSession session) {
        String ci = Environment.of(session).getOrDefault("CI", "");
        Object transfers = session.getRequest().getTransferListener();
        boolean isShown = transfers == null
                || !UNWATCHED.matcher(transfers.getClass().getSimpleName()).matches();
        return session.getRequest().isInteractiveMode() && isShown && (ci.isEmpty() || ci.equals("false"));
    }
}
