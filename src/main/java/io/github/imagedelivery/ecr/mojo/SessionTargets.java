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
            for (Map.Entry<String, Optional<Xpp3Dom>> execution :
                    targets.executions(project).entrySet()) {
                all.add(targets.reader.read(project, execution.getKey(), execution.getValue()));
            }
        }
        return all;
    }

    /** Returns the configuration of each execution that makes an image, by the execution's id. */
    private Map<String, Optional<Xpp3Dom>> executions(MavenProject project) {
        Map<String, Optional<Xpp3Dom>> found = new LinkedHashMap<>();
        Optional<Plugin> bound = Optional.ofNullable(project.getPlugin(key()));
        bound.ifPresent(plugin -> found.putAll(executions(plugin, STAGING)));
        for (Goal goal : Goal.of(session, running)) {
            if (STAGING.contains(goal.name()) || goal.name().equals(CHECK)) {
                found.put(goal.execution().orElse(COMMAND_LINE), commandLine(project, goal));
            }
        }
        if (found.isEmpty()) {
            bound.ifPresent(plugin -> found.putAll(executions(plugin, Set.of(CHECK))));
        }
        return found;
    }

    private static Map<String, Optional<Xpp3Dom>> executions(Plugin plugin, Set<String> goals) {
        Map<String, Optional<Xpp3Dom>> found = new LinkedHashMap<>();
        plugin.getExecutions().stream()
                .filter(execution -> execution.getGoals().stream().anyMatch(goals::contains))
                .forEach(execution -> found.put(execution.getId(), configuration(execution)));
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
