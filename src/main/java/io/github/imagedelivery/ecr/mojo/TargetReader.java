package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Gives {@code ecr:push} of any module the parameters that Maven will give it, with Maven's own rules for expressions,
 * properties and defaults.
 */
final class TargetReader {
    private static final String DEFAULT = "default-value";
    private static final Set<String> NAMING_IMAGES = Set.of("from", "to");

    private final MavenSession session;
    private final MojoDescriptor push;

    /**
     * Creates a reader.
     *
     * @param running any goal of this plugin
     */
    TargetReader(MavenSession session, MojoExecution running) {
        this.session = session.clone();
        this.push = running.getMojoDescriptor().getPluginDescriptor().getMojo("push");
    }

    /** Reads what an execution will be given. */
    Target read(MavenProject project, SessionTargets.Execution execution) throws DeliveryException {
        MavenProject current = session.getCurrentProject();
        // A clone has its own, or one for each thread, depending on the version of Maven.
        session.setCurrentProject(project);
        try {
            ExpressionEvaluator evaluator =
                    new PluginParameterExpressionEvaluator(session, new MojoExecution(push, execution.id()));
            PushMojo parameters = new PushMojo();
            new BasicComponentConfigurator()
                    .configureComponent(
                            parameters,
                            merged(execution.configuration()),
                            evaluator,
                            push.getPluginDescriptor().getClassRealm());
            new JibElements(parameters).spread();
            return new Target(
                    project,
                    execution.id(),
                    execution.isReached(),
                    parameters,
                    unsettled(execution.configuration(), evaluator));
        } catch (ComponentConfigurationException | ExpressionEvaluationException e) {
            throw DeliveryException.ofUser(
                    "The configuration of ecr-maven-plugin in " + project.getArtifactId() + " cannot be used",
                    e,
                    "correct it in the POM of the module, or in the property that is named");
        } finally {
            session.setCurrentProject(current);
        }
    }

    /** What is configured, and the default of each parameter, as Maven puts them together. */
    private PlexusConfiguration merged(Optional<Xpp3Dom> configuration) {
        PlexusConfiguration merged = new DefaultPlexusConfiguration("configuration");
        for (Parameter parameter : push.getParameters()) {
            @Nullable
            PlexusConfiguration otherwise = push.getMojoConfiguration().getChild(parameter.getName(), false);
            Optional<PlexusConfiguration> given = configuration
                    .flatMap(dom -> Optional.ofNullable(dom.getChild(parameter.getName())))
                    .map(XmlPlexusConfiguration::new);
            if (given.isPresent() && otherwise != null && otherwise.getAttribute(DEFAULT) != null) {
                given.get().setAttribute(DEFAULT, otherwise.getAttribute(DEFAULT));
            }
            given.or(() -> Optional.ofNullable(otherwise)).ifPresent(merged::addChild);
        }
        return merged;
    }

    private List<String> unsettled(Optional<Xpp3Dom> configuration, ExpressionEvaluator evaluator)
            throws ExpressionEvaluationException {
        List<String> unsettled = new ArrayList<>();
        for (Parameter parameter : push.getParameters()) {
            String name = parameter.getName();
            Optional<Xpp3Dom> given = configuration.map(dom -> dom.getChild(name));
            if (!isSettled(given.map(dom -> value(name, dom)).orElse(null), evaluator)) {
                unsettled.addAll(name.equals("to") ? List.of("registry", "name") : List.of(name));
            }
        }
        return unsettled;
    }

    /** Returns the text of an element; of one that names an image, also where that is nested. */
    private static @Nullable String value(String name, Xpp3Dom element) {
        @Nullable Xpp3Dom image = NAMING_IMAGES.contains(name) ? element.getChild("image") : null;
        return image == null ? element.getValue() : image.getValue();
    }

    private static boolean isSettled(@Nullable String value, ExpressionEvaluator evaluator)
            throws ExpressionEvaluationException {
        if (value == null || Parameters.isResolved(value)) {
            return true;
        }
        Object found = evaluator.evaluate(value.strip());
        return found != null && Parameters.isResolved(found.toString());
    }
}
