package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.MainClasses;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Decides which class is started: {@code ecr.mainClass}; the manifest that maven-jar-plugin writes; what Spring Boot is
 * told ({@code start-class} or its plugin's {@code mainClass}); what Micronaut is told ({@code exec.mainClass}); the only class of the module with a main method, or of
 * several the only one annotated with {@code @SpringBootApplication}.
 */
final class MainClassRule {
    private static final String CLASS_NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

    /** Ids of the executions that make the module's own jar: Maven's, and that of Spring Boot's parent POM. */
    private static final Set<String> MAKES_THE_JAR = Set.of("default-jar", "repackage");

    private final MavenProject project;
    private final Optional<String> configured;

    MainClassRule(MavenProject project, Optional<String> configured) {
        this.project = project;
        this.configured = configured;
    }

    /** Returns the main class; empty for a module without one, which is no application. */
    Optional<String> mainClass(Path classes) throws DeliveryException {
        Optional<String> named = configured
                .or(this::manifestClass)
                .or(() -> Parameters.text(project.getProperties().getProperty("start-class")))
                .or(() -> configuration("org.springframework.boot:spring-boot-maven-plugin", "mainClass"))
                .or(this::micronautClass);
        if (named.isPresent()) {
            return Optional.of(checked(named.get()));
        }
        List<String> found = candidates(classes);
        return found.size() > 1
                ? Optional.of(onlySpringBootApplication(classes, found))
                : found.stream().findFirst();
    }

    private static String onlySpringBootApplication(Path classes, List<String> found) throws DeliveryException {
        List<String> annotated = found.stream()
                .filter(name -> MainClasses.isSpringBootApplication(classes, name))
                .toList();
        if (annotated.size() != 1) {
            throw DeliveryException.ofUser(
                    "The application has several main classes",
                    "found " + String.join(", ", found),
                    "say which one is started with <ecr.mainClass> in the POM's <properties>");
        }
        return annotated.get(0);
    }

    private static List<String> candidates(Path classes) throws DeliveryException {
        try {
            return MainClasses.in(classes);
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
    }

    /** Its plugin takes the class that exec-maven-plugin would start. */
    private Optional<String> micronautClass() {
        boolean isMicronaut = Stream.of("io.micronaut.maven", "io.micronaut.build")
                .anyMatch(group -> project.getPlugin(group + ":micronaut-maven-plugin") != null);
        return Parameters.text(project.getProperties().getProperty("exec.mainClass"))
                .filter(name -> isMicronaut);
    }

    private Optional<String> manifestClass() {
        String jarPlugin = "org.apache.maven.plugins:maven-jar-plugin";
        return configuration(jarPlugin, "archive", "manifest", "mainClass")
                .or(() -> configuration(jarPlugin, "archive", "manifestEntries", "Main-Class"));
    }

    /** What makes the module's own jar speaks first; it has inherited what is configured for the whole plugin. */
    private Optional<String> configuration(String name, String... path) {
        Plugin plugin = project.getPlugin(name);
        if (plugin == null) {
            return Optional.empty();
        }
        Map<Boolean, List<PluginExecution>> executions = plugin.getExecutions().stream()
                .collect(Collectors.partitioningBy(execution -> MAKES_THE_JAR.contains(execution.getId())));
        return Stream.of(
                        executions.getOrDefault(true, List.of()),
                        List.of(plugin),
                        executions.getOrDefault(false, List.of()))
                .flatMap(List<? extends ConfigurationContainer>::stream)
                .flatMap(container -> value(container.getConfiguration(), path).stream())
                .findFirst();
    }

    private static Optional<String> value(@Nullable Object configuration, String... path) {
        Object node = configuration;
        for (String element : path) {
            node = node instanceof Xpp3Dom dom ? dom.getChild(element) : null;
        }
        return node instanceof Xpp3Dom dom
                ? Parameters.text(dom.getValue()).filter(Parameters::isResolved)
                : Optional.empty();
    }

    private static String checked(String name) throws DeliveryException {
        if (!name.matches(CLASS_NAME)) {
            throw DeliveryException.ofUser(
                    "The main class is not the name of a class",
                    "\"" + Texts.shown(name) + "\" was found",
                    "set ecr.mainClass to a fully qualified class name");
        }
        return name;
    }
}
