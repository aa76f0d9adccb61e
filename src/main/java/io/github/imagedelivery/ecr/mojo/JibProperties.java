package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Properties of jib-maven-plugin in a build that does not run it. One on the command line that would change the image
 * is refused, since nobody would see that it is missing; others are warned of.
 */
final class JibProperties {
    private static final String TOLD = "ecr-maven-plugin.jib-properties";
    private static final String PREFIX = "jib.";
    private static final String IMAGE = "image";
    private static final String LAST_WORD = "{}";

    /** What to use instead, by the beginning of the property's name; the longest that fits is it. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry(IMAGE, "-Decr.registry and -Decr.name"),
            Map.entry("jib.to.image", "-Decr.registry and -Decr.name"),
            Map.entry("jib.to.tags", "-Decr.additionalTags"),
            Map.entry("jib.to.credHelper", "no helper: the plugin logs in to ECR by itself"),
            Map.entry("jib.to.auth.", "the AWS credentials of the build: the plugin logs in to ECR by itself"),
            Map.entry("jib.from.image", "-Decr.from"),
            Map.entry("jib.from.platforms", "-Decr.platforms"),
            Map.entry("jib.from.credHelper", "\"credHelpers\" of ~/.docker/config.json"),
            Map.entry("jib.from.auth.", "a <server> of settings.xml whose id is the registry's host"),
            Map.entry("jib.container.creationTime", "-Decr.created"),
            Map.entry("jib.container.format", "nothing: the image is always in the format of OCI"),
            Map.entry("jib.container.expandClasspathDependencies", "nothing: jars are always named one by one"),
            Map.entry("jib.container.", "-Decr." + LAST_WORD),
            Map.entry("jib.extraDirectories.", "-Decr.extraDirectories"),
            Map.entry("jib.outputPaths.", "-Decr.outputPaths." + LAST_WORD),
            Map.entry("jib.containerizingMode", "-Decr.containerizingMode"),
            Map.entry("jib.containerize", "-pl with the module, or -Decr.skip"),
            Map.entry("jib.skip", "-Decr.skip"),
            Map.entry("jib.skipExistingImages", "nothing: an image that is there is found and left as it is"),
            Map.entry("jib.allowInsecureRegistries", "-Decr.allowInsecureRegistries"),
            Map.entry("jib.dockerClient.", "nothing: no Docker takes part"));

    private JibProperties() {}

    /**
     * Throws if a property on the command line is for jib-maven-plugin alone. Values are never shown.
     *
     * @param isNamed whether {@code <to>} names the image: a property {@code image} may then be the POM's own
     */
    static void refuse(MavenSession session, boolean isNamed) throws DeliveryException {
        if (runsJib(session)) {
            return;
        }
        Map<String, DeliveryException> problems = new LinkedHashMap<>();
        Properties given = session.getUserProperties();
        for (String name : new TreeSet<>(given.stringPropertyNames())) {
            if (name.equals(IMAGE) && isNamed) {
                continue;
            }
            instead(name)
                    .ifPresent(instead -> problems.put(
                            name,
                            DeliveryException.ofUser(
                                    name + " is a property of jib-maven-plugin; nothing was built or sent",
                                    "-D" + name + " is on the command line, and this plugin does not read it",
                                    "use " + instead)));
        }
        if (!problems.isEmpty()) {
            throw DeliveryException.ofAll(List.copyOf(problems.values()));
        }
    }

    /** Warns, once in a session, of properties that this plugin does not read. */
    static void warn(MavenSession session, GoalLog log) {
        if (runsJib(session) || session.getRequest().getData().putIfAbsent(TOLD, true) != null) {
            return;
        }
        TreeSet<String> names = new TreeSet<>(session.getUserProperties().stringPropertyNames());
        names.addAll(session.getSystemProperties().stringPropertyNames());
        for (MavenProject project : session.getProjects()) {
            names.addAll(project.getProperties().stringPropertyNames());
        }
        names.removeIf(name -> !name.startsWith(PREFIX));
        if (!names.isEmpty()) {
            log.notRead(names);
        }
    }

    private static Optional<String> instead(String name) {
        String lastWord = name.substring(name.lastIndexOf('.') + 1);
        return INSTEAD.entrySet().stream()
                .filter(known ->
                        known.getKey().endsWith(".") ? name.startsWith(known.getKey()) : name.equals(known.getKey()))
                .max(Comparator.comparingInt(known -> known.getKey().length()))
                .map(known -> known.getValue().replace(LAST_WORD, lastWord));
    }

    private static boolean runsJib(MavenSession session) {
        return session.getProjects().stream()
                .anyMatch(project -> project.getPlugin("com.google.cloud.tools:jib-maven-plugin") != null);
    }
}
