package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.Announcer;
import io.github.imagedelivery.ecr.ci.Outcome;
import io.github.imagedelivery.ecr.delivery.BuildReport;
import io.github.imagedelivery.ecr.delivery.Outcomes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Tells the CI system what a session does. The images are told of at its end, all together, from the reports in the
 * directories that the goals have named: modules of other class loaders share types of the JDK alone.
 */
final class Announcements {
    private static final String WATCHED = "ecr-maven-plugin.announced";

    private Announcements() {}

    /** Returns what speaks to the CI system that runs the session. */
    static Announcer of(MavenSession session) {
        return Announcer.of(Environment.of(session), Announcements::print);
    }

    /**
     * Prints a line of its own, whatever stands in the one before. Not by {@code System.out}: Maven leads that into the
     * file of {@code -l}, where a secret must not be, and Maven 4 puts words in front of each line.
     */
    private static void print(String line) {
        if (System.getProperty("mvnd.home") != null) {
            return; // a daemon's own output is a file
        }
        try {
            standardOutput().write(("\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // nobody reads it
        }
    }

    /** Never closed: it is the process's. */
    @SuppressWarnings("resource")
    private static OutputStream standardOutput() {
        return new FileOutputStream(FileDescriptor.out);
    }

    /** Runs a goal; tells of its failure. */
    static void run(MavenSession session, Failures.Work work) throws MojoExecutionException, MojoFailureException {
        try {
            Failures.run(work);
        } catch (MojoExecutionException | MojoFailureException e) {
            failed(session, e);
            throw e;
        }
    }

    /** Tells of a failure. */
    static void failed(MavenSession session, Throwable e) {
        of(session).failed(Optional.ofNullable(e.getMessage()).orElseGet(e::toString));
    }

    /**
     * Has it told at the end of the session what became of a module's image; nothing is if it comes to none.
     *
     * @param reports the module's report directory
     */
    static void watch(MavenSession session, Path reports, GoalLog log) {
        synchronized (session.getRequest().getData()) {
            begin(session, log).add(reports.toString());
        }
    }

    /** Removes what an earlier build has told, once in a session; returns the directories that are watched. */
    @SuppressWarnings("unchecked")
    static Set<String> begin(MavenSession session, GoalLog log) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            if (shared.get(WATCHED) instanceof Set<?> watched) {
                return (Set<String>) watched;
            }
            Set<String> watched = new LinkedHashSet<>();
            shared.put(WATCHED, watched);
            forget(session, log);
            SessionEnd.before(session, ended -> tell(ended, watched, log));
            return watched;
        }
    }

    private static void forget(MavenSession session, GoalLog log) {
        try {
            Announcer.forget(TopDirectory.reports(session));
            BuildReport.forget(TopDirectory.reports(session));
        } catch (IOException e) {
            log.notForgotten(TopDirectory.reports(session), e);
        }
    }

    private static void tell(MavenSession session, Set<String> watched, GoalLog log) {
        List<Path> directories = session.getProjects().stream()
                .map(LeftBehind::reports)
                .filter(reports -> watched.contains(reports.toString()))
                .toList();
        List<Outcome> outcomes = directories.stream()
                .flatMap(reports -> Outcomes.in(reports).stream())
                .toList();
        if (outcomes.isEmpty()) {
            return;
        }
        try {
            if (outcomes.size() > 1) {
                BuildReport.write(directories, TopDirectory.reports(session));
            }
            of(session).ended(outcomes, TopDirectory.reports(session));
        } catch (IOException | InvalidPathException e) {
            // The tags are as they are; a build that fails now would say that they are not.
            log.notTold(e);
        }
    }
}
