package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/**
 * A goal of this plugin that the user has asked for by name, rather than by a phase.
 *
 * @param name for example {@code push}
 * @param execution the id behind {@code @}; empty where there is none
 */
record Goal(String name, Optional<String> execution) {
    /**
     * Returns the goals of this plugin among those that the session was started with.
     *
     * @param running any goal of this plugin
     */
    static List<Goal> of(MavenSession session, MojoExecution running) {
        return asked(session).stream()
                .flatMap(task -> parse(task, running).stream())
                .toList();
    }

    /** Returns phases and goals, as they were asked for: on the command line, else in the POM. */
    static List<String> asked(MavenSession session) {
        List<String> asked = session.getGoals();
        if (asked != null && !asked.isEmpty()) {
            return asked;
        }
        return Optional.ofNullable(session.getTopLevelProject())
                .map(MavenProject::getDefaultGoal)
                .map(text -> Stream.of(text.strip().split("\\s+")).toList())
                .orElse(List.of());
    }

    private static Optional<Goal> parse(String task, MojoExecution running) {
        int at = task.indexOf('@');
        List<String> parts = List.of((at < 0 ? task : task.substring(0, at)).split(":", -1));
        Plugin plugin = running.getPlugin();
        String prefix = running.getMojoDescriptor().getPluginDescriptor().getGoalPrefix();
        boolean ours = parts.size() == 2
                ? parts.get(0).equals(prefix)
                : parts.size() > 2 && plugin.getKey().equals(parts.get(0) + ":" + parts.get(1));
        return ours
                ? Optional.of(new Goal(
                        parts.get(parts.size() - 1), at < 0 ? Optional.empty() : Optional.of(task.substring(at + 1))))
                : Optional.empty();
    }
}
