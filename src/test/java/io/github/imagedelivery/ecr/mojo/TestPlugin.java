package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;

/** This plugin, as the POM of a module names it. */
final class TestPlugin {
    private TestPlugin() {}

    /** Returns an execution of this plugin, with the descriptor that Maven is given. */
    static MojoExecution running() throws Exception {
        try (InputStream in = PushMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            PluginDescriptor descriptor = new PluginDescriptorBuilder().build(new InputStreamReader(in, UTF_8));
            descriptor.setPlugin(plugin());
            descriptor.setClassRealm(new ClassWorld("plugin", PushMojo.class.getClassLoader()).getClassRealm("plugin"));
            return new MojoExecution(descriptor.getMojo("push"), "push");
        }
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
