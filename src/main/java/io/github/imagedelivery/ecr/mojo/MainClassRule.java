package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.MainClasses;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Decides which class is started: {@code ecr.mainClass}; the manifest that maven-jar-plugin writes; what Spring Boot is
 * told ({@code start-class} or its plugin's {@code mainClass}); the only class of the module with a main method.
 */
final class MainClassRule {
    private static final String CLASS_NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";

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
                .or(() -> configuration("org.springframework.boot:spring-boot-maven-plugin", "mainClass"));
        if (named.isPresent()) {
            return Optional.of(checked(named.get()));
        }
        List<String> found = candidates(classes);
        if (found.size() > 1) {
            throw DeliveryException.ofUser(
                    "The application has several main classes",
                    "found " + String.join(", ", found),
                    "say which one is started with <ecr.mainClass> in the POM's <properties>");
        }
        return found.stream().findFirst();
    }

    private static List<String> candidates(Path classes) throws DeliveryException {
        try {
            return MainClasses.in(classes);
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem(), e, e.remedy());
        }
    }

    private Optional<String> manifestClass() {
        String jarPlugin = "org.apache.maven.plugins:maven-jar-plugin";
        return configuration(jarPlugin, "archive", "manifest", "mainClass")
                .or(() -> configuration(jarPlugin, "archive", "manifestEntries", "Main-Class"));
    }

    private Optional<String> configuration(String plugin, String... path) {
        Plugin found = project.getPlugin(plugin);
        Object node = found == null ? null : found.getConfiguration();
        for (String element : path) {
            node = node instanceof Xpp3Dom dom ? dom.getChild(element) : null;
        }
        return node instanceof Xpp3Dom dom
                ? Parameters.text(dom.getValue()).filter(v -> !v.contains("${"))
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
