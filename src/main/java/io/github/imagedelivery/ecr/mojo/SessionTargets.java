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
    /** Goals that look at what others will make. */
    private static final Set<String> LOOKING = Set.of(CHECK, "lock");

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
     * An execution of a goal.
     *
     * @param isReached whether this build comes by it
     * @param configuration what its POM says; empty where that is nothing
     */
    record Execution(String id, boolean isReached, Optional<Xpp3Dom> configuration) {}

    /** Returns each execution that makes an image, by the execution's id. */
    private Map<String, Execution> executions(MavenProject project) {
        Map<String, Execution> found = new LinkedHashMap<>();
        Optional<Plugin> bound = Optional.ofNullable(project.getPlugin(key()));
        bound.ifPresent(plugin -> found.putAll(bound(plugin, STAGING)));
        for (Goal goal : Goal.of(session, running)) {
            if (STAGING.contains(goal.name()) || LOOKING.contains(goal.name())) {
                String id = goal.execution().orElse(COMMAND_LINE);
                found.put(id, new Execution(id, true, commandLine(project, goal)));
            }
        }
        if (found.isEmpty()) {
            bound.ifPresent(plugin -> found.putAll(bound(plugin, Set.of(CHECK))));
        }
        return found;
    }

    private Map<String, Execution> bound(Plugin plugin, Set<String> goals) {
        boolean isAsked =
                Goal.of(session, running).stream().anyMatch(goal -> goal.name().equals(CHECK));
        Map<String, Execution> found = new LinkedHashMap<>();
        for (PluginExecution execution : plugin.getExecutions()) {
            if (execution.getGoals().stream().anyMatch(goals::contains)) {
                String phase =
                        Optional.ofNullable(execution.getPhase()).orElse(goals.contains(CHECK) ? "validate" : "deploy");
                boolean isReached =
                        isAsked || Goal.asked(session).stream().anyMatch(asked -> Phases.comesBy(asked, phase));
                found.put(execution.getId(), new Execution(execution.getId(), isReached, configuration(execution)));
            }
        }
        return found;
    }

    /** A goal of the command line has the configuration of its execution, else of the plugin, managed or not. */
    private Optional<Xpp3Dom> commandLine(MavenProject project, Goal goal) {
        Optional<Plugin> plugin = Optional.ofNullable(project.getPlugin(key()))
                .or(() -> Optional.ofNullable(project.getPluginManagement())
                        .map(managed -> managed.getPluginsAsMap().get(key())));
        if (plugin.isEmpty()) {
            return Optional.empty();
        }
        PluginExecution execution =
                plugin.get().getExecutionsAsMap().get(goal.execution().orElse(COMMAND_LINE));
        return configuration(execution == null ? plugin.get() : execution);
    }

    private static Optional<Xpp3Dom> configuration(ConfigurationContainer container) {
        return container.getConfiguration() instanceof Xpp3Dom dom ? Optional.of(dom) : Optional.empty();
    }

    private String key() {
        return running.getPlugin().getKey();
    }
}
