package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainClassRuleTest {
    @TempDir
    Path directory;

    private final MavenProject project = new MavenProject(new Model());

    MainClassRuleTest() {
        project.getModel().setBuild(new Build());
    }

    @Test
    void takesWhatIsConfigured() throws Exception {
        configure("maven-jar-plugin", "<archive><manifest><mainClass>a.FromJar</mainClass></manifest></archive>");

        assertThat(mainClass(Optional.of("a.Configured"))).hasValue("a.Configured");
    }

    @Test
    void takesTheManifestOfTheJarPlugin() throws Exception {
        configure("maven-jar-plugin", "<archive><manifest><mainClass>a.FromJar</mainClass></manifest></archive>");
        project.getProperties().setProperty("start-class", "a.FromBoot");

        assertThat(mainClass(Optional.empty())).hasValue("a.FromJar");
    }

    @Test
    void takesAManifestEntryOfTheJarPlugin() throws Exception {
        configure(
                "maven-jar-plugin",
                "<archive><manifestEntries><Main-Class>a.FromEntry</Main-Class></manifestEntries></archive>");

        assertThat(mainClass(Optional.empty())).hasValue("a.FromEntry");
    }

    @Test
    void takesSpringBootsStartClass() throws Exception {
        project.getProperties().setProperty("start-class", "a.FromBoot");

        assertThat(mainClass(Optional.empty())).hasValue("a.FromBoot");
    }

    @Test
    void takesTheOnlyClassWithAMainMethod() throws Exception {
        compile("Library", "class Library {}");
        compile("App", "class App { public static void main(String[] args) {} }");

        assertThat(mainClass(Optional.empty())).hasValue("App");
    }

    @Test
    void findsNoneInALibrary() throws Exception {
        compile("Library", "class Library {}");

        assertThat(mainClass(Optional.empty())).isEmpty();
    }

    @Test
    void refusesToChooseAmongSeveral() throws Exception {
        compile("Second", "class Second { public static void main(String[] args) {} }");
        compile("First", "class First { public static void main(String[] args) {} }");

        assertThatThrownBy(() -> mainClass(Optional.empty()))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        The application has several main classes
                          cause: found First, Second
                          to fix: say which one is started with <ecr.mainClass> in the POM's <properties>""");
    }

    @Test
    void refusesWhatIsNoNameOfAClass() {
        assertThatThrownBy(() -> mainClass(Optional.of("com.example.App;rm")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("\"com.example.App;rm\" was found");
    }

    private Optional<String> mainClass(Optional<String> configured) throws DeliveryException {
        return new MainClassRule(project, configured).mainClass(directory);
    }

    private Plugin configure(String artifactId, String configuration) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        plugin.setConfiguration(xml(configuration));
        project.getBuild().addPlugin(plugin);
        return plugin;
    }

    private static void execution(Plugin plugin, String id, String configuration) throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId(id);
        execution.setConfiguration(xml(configuration));
        plugin.addExecution(execution);
    }

    private static Xpp3Dom xml(String configuration) throws Exception {
        String xml = "<configuration>" + configuration + "</configuration>";
        return Xpp3DomBuilder.build(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "UTF-8");
    }

    private void compile(String name, String source) throws IOException {
        Path sources = Files.createDirectories(directory.resolveSibling("sources"));
        Path file = Files.writeString(sources.resolve(name + ".java"), source);
        int result =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", directory.toString(), file.toString());
        assertThat(result).isZero();
    }

    @Test
    void takesTheManifestOfTheExecutionThatMakesTheJar() throws Exception {
        Plugin plugin = configure("maven-jar-plugin", manifest("a.OfThePlugin"));
        execution(plugin, "tool", manifest("a.OfATool"));
        execution(plugin, "default-jar", manifest("a.OfTheJar"));

        assertThat(mainClass(Optional.empty())).hasValue("a.OfTheJar");
    }

    @Test
    void takesTheMainClassOfAnyExecutionOfSpringBootsPlugin() throws Exception {
        Plugin plugin = configure("spring-boot-maven-plugin", "");
        plugin.setGroupId("org.springframework.boot");
        execution(plugin, "boot", "<mainClass>a.FromExecution</mainClass>");

        assertThat(mainClass(Optional.empty())).hasValue("a.FromExecution");
    }

    private static String manifest(String mainClass) {
        return "<archive><manifest><mainClass>" + mainClass + "</mainClass></manifest></archive>";
    }

    @Test
    void takesTheOnlySpringBootApplicationOfSeveral() throws Exception {
        compile("Tool", "class Tool { public static void main(String[] args) {} }");
        compileSpringBootApplication("App");

        assertThat(mainClass(Optional.empty())).hasValue("App");
    }

    @Test
    void refusesToChooseAmongSeveralSpringBootApplications() throws Exception {
        compileSpringBootApplication("First");
        compileSpringBootApplication("Second");

        assertThatThrownBy(() -> mainClass(Optional.empty()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("found First, Second");
    }

    private void compileSpringBootApplication(String name) throws IOException {
        Path annotation = directory.resolveSibling("sources/SpringBootApplication.java");
        Files.createDirectories(annotation.getParent());
        Files.writeString(
                annotation,
                "package org.springframework.boot.autoconfigure; public @interface SpringBootApplication {}");
        String body = "@org.springframework.boot.autoconfigure.SpringBootApplication class " + name
                + " { public static void main(String[] args) {} }";
        Path source = Files.writeString(annotation.resolveSibling(name + ".java"), body);
        String target = directory.toString();
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", target, annotation.toString(), source.toString()))
                .isZero();
    }
}
