package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The images that the modules of a session are to make, as far as it can be told before the modules are built: from the
 * configuration of this plugin's goals in each module's POM, and from the goals on the command line. Asks nothing of
 * anyone.
 */
final class SessionTargets {
    private static final String COMMAND_LINE = "default-cli";
    private static final Set<String> STAGING = Set.of("push", "stage");
    private static final String CHECK = "check";
    private static final String LOCK = "lock";
    private static final String DIFF = "diff";
    /** Goals that look at what others will make. */
    private static final Set<String> LOOKING = Set.of(CHECK, LOCK);

    private final MavenSession session;
    private final MojoExecution running;
    private final TargetReader reader;

    private SessionTargets(MavenSession session, MojoExecution running) {
        this.session = session;
        this.running = running;
        this.reader = new TargetReader(session, running);
    }

    /**
     * Reads the targets of all modules, those included that are skipped ({@link Target#isSkipped}).
     *
     * @param running the goal that asks, of whichever module
     */
    static List<Target> of(MavenSession session, MojoExecution running) throws DeliveryException {
        SessionTargets targets = new SessionTargets(session, running);
        List<Target> all = new ArrayList<>();
        for (MavenProject project : session.getProjects()) {
            for (Execution execution : targets.executions(project).values()) {
                all.add(targets.reader.read(project, execution));
            }
        }
        return all;
    }

    /**
     * Reads the targets whose images {@code ecr:diff} compares in this build, those included that are skipped.
     *
     * @param running as for {@link #of}
     */
    static List<Target> compared(MavenSession session, MojoExecution running) throws DeliveryException {
        SessionTargets targets = new SessionTargets(session, running);
        List<Target> all = new ArrayList<>();
        for (MavenProject project : session.getProjects()) {
            for (Execution execution : targets.comparisons(project)) {
                all.add(targets.reader.read(project, execution));
            }
        }
        return all;
    }

    /**
     * Tells whether this build will push or stage the image of the target, and not only look at what would become of it.
     *
     * @param running as for {@link #of}
     */
    static boolean isPushed(MavenSession session, MojoExecution running, Target target) {
        SessionTargets targets = new SessionTargets(session, running);
        boolean isAsked = Goal.of(session, running).stream()
                .filter(goal -> STAGING.contains(goal.name()))
                .anyMatch(goal -> goal.execution().orElse(COMMAND_LINE).equals(target.execution()));
        return isAsked
                || Optional.ofNullable(target.project().getPlugin(targets.key()))
                        .map(plugin -> targets.bound(plugin, STAGING, "deploy").get(target.execution()))
                        .filter(Execution::isReached)
                        .isPresent();
    }

    /**
     * An execution of a goal.
     *
     * @param isReached whether this build comes by it
     * @param configuration what its POM says; empty where that is nothing
     */
    record Execution(String id, boolean isReached, Optional<Xpp3Dom> configuration) {
        Execution reached() {
            return new Execution(id, true, configuration);
        }
    }

    /** Returns each execution that makes an image, by the execution's id. */
    private Map<String, Execution> executions(MavenProject project) {
        Map<String, Execution> found = new LinkedHashMap<>();
        Optional<Plugin> bound = Optional.ofNullable(project.getPlugin(key()));
        bound.ifPresent(plugin -> found.putAll(bound(plugin, STAGING, "deploy")));
        List<Goal> asked = Goal.of(session, running);
        if (asked.stream().anyMatch(goal -> goal.name().equals(CHECK))) {
            found.replaceAll((id, execution) -> execution.reached());
        }
        for (Goal goal : asked) {
            if (STAGING.contains(goal.name()) || LOOKING.contains(goal.name())) {
                boolean isMaking = !goal.name().equals(LOCK);
                Execution execution = commandLine(project, goal, isMaking);
                found.merge(execution.id(), execution, (one, other) -> one.isReached() ? one : other);
            }
        }
        if (found.isEmpty()) {
            bound.ifPresent(plugin -> found.putAll(bound(plugin, Set.of(CHECK), "validate")));
        }
        return found;
    }

    private List<Execution> comparisons(MavenProject project) {
        Map<String, Execution> found = new LinkedHashMap<>();
        Optional.ofNullable(project.getPlugin(key()))
                .ifPresent(plugin -> found.putAll(bound(plugin, Set.of(DIFF), "package")));
        for (Goal goal : Goal.of(session, running)) {
            if (goal.name().equals(DIFF)) {
                Execution execution = commandLine(project, goal, true);
                found.put(execution.id(), execution);
            }
        }
        return found.values().stream().filter(Execution::isReached).toList();
    }

    private Map<String, Execution> bound(Plugin plugin, Set<String> goals, String usualPhase) {
        Map<String, Execution> found = new LinkedHashMap<>();
        for (PluginExecution execution : plugin.getExecutions()) {
            // What POMs say to switch an inherited execution off.
            boolean isOff = "none".equals(execution.getPhase());
            if (!isOff && execution.getGoals().stream().anyMatch(goals::contains)) {
                String phase = Optional.ofNullable(execution.getPhase()).orElse(usualPhase);
                boolean isReached = Goal.asked(session).stream().anyMatch(asked -> Phases.comesBy(asked, phase));
                found.put(execution.getId(), new Execution(execution.getId(), isReached, configuration(execution)));
            }
        }
        return found;
    }

    /** A goal of the command line has the configuration of its execution, else of the plugin, managed or not. */
    private Execution commandLine(MavenProject project, Goal goal, boolean isReached) {
        String id = goal.execution().orElse(COMMAND_LINE);
        Optional<Plugin> plugin = Optional.ofNullable(project.getPlugin(key()))
                .or(() -> Optional.ofNullable(project.getPluginManagement())
                        .map(managed -> managed.getPluginsAsMap().get(key())));
        Optional<ConfigurationContainer> configured = plugin.map(found -> Optional.<ConfigurationContainer>ofNullable(
                        found.getExecutionsAsMap().get(id))
                .orElse(found));
        return new Execution(id, isReached, configured.flatMap(SessionTargets::configuration));
    }

    private static Optional<Xpp3Dom> configuration(ConfigurationContainer container) {
        return container.getConfiguration() instanceof Xpp3Dom dom ? Optional.of(dom) : Optional.empty();
    }

    private String key() {
        return running.getPlugin().getKey();
    }
}
