package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;

/** This plugin, as the POM of a module names it. */
final class TestPlugin {
    private TestPlugin() {}

    /** Returns an execution of {@code ecr:push}, with the descriptor that Maven is given. */
    static MojoExecution running() throws Exception {
        return running("push");
    }

    /** Returns an execution of a goal, with the descriptor that Maven is given. */
    static MojoExecution running(String goal) throws Exception {
        try (InputStream in = PushMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            PluginDescriptor descriptor = new PluginDescriptorBuilder().build(new InputStreamReader(in, UTF_8));
            descriptor.setPlugin(plugin());
            descriptor.setClassRealm(new ClassWorld("plugin", PushMojo.class.getClassLoader()).getClassRealm("plugin"));
            return new MojoExecution(descriptor.getMojo(goal), goal);
        }
    }

    /** Returns a goal as Maven makes it for the current project, where no POM configures it. */
    static AbstractMojo goal(String goal, MavenSession session) throws Exception {
        MojoExecution execution = running(goal);
        MojoDescriptor descriptor = execution.getMojoDescriptor();
        AbstractMojo mojo = Class.forName(descriptor.getImplementation())
                .asSubclass(AbstractMojo.class)
                .getDeclaredConstructor()
                .newInstance();
        new BasicComponentConfigurator()
                .configureComponent(
                        mojo,
                        descriptor.getMojoConfiguration(),
                        new PluginParameterExpressionEvaluator(session, execution),
                        descriptor.getPluginDescriptor().getClassRealm());
        return mojo;
    }

    /** Binds a goal in the POM of a module, with a configuration in XML. */
    static void bind(MavenProject project, String goal, String configuration) throws Exception {
        Plugin plugin = plugin();
        plugin.addExecution(execution(goal, configuration));
        project.getBuild().addPlugin(plugin);
        project.getBuild().flushPluginMap();
    }

    static PluginExecution execution(String goal, String configuration) throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId(goal);
        execution.addGoal(goal);
        execution.setConfiguration(dom(configuration));
        return execution;
    }

    static Xpp3Dom dom(String configuration) throws Exception {
        return Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>"));
    }

    static Plugin plugin() {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.imagedelivery");
        plugin.setArtifactId("ecr-maven-plugin");
        return plugin;
    }
}
