package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/** The kinds of applications that images are made of. */
enum Kind {
    /** Whatever the POM and the build directory say. */
    AUTO,
    /** Classes, resources and libraries. */
    JAVA,
    /** A web application for a server. */
    WAR,
    /** Spring Boot's jar in its own layers. */
    LAYERED,
    /** A jar that holds all. */
    JAR,
    /** Quarkus' own layout. */
    QUARKUS,
    /** An executable. */
    NATIVE;

    static final String NATIVE_PLUGIN = "org.graalvm.buildtools:native-maven-plugin";
    private static final Set<String> NATIVE_GOALS = Set.of("compile", "compile-no-fork", "build");

    /** Returns what is asked for, perhaps {@link #AUTO}. */
    static Kind asked(ImageParameters goal) throws DeliveryException {
        return Choice.of("ecr.kind", goal.kind, AUTO);
    }

    /** Returns the kind of a module that is built. */
    static Kind of(ImageParameters goal) throws DeliveryException {
        Kind asked = asked(goal);
        return asked == AUTO ? found(goal) : asked;
    }

    private static Kind found(ImageParameters goal) {
        if (goal.project.getPackaging().equals("war")) {
            return WAR;
        }
        if (goal.jar != null) {
            return JAR;
        }
        if (goal.nativeExecutable != null || makesExecutable(goal.project)) {
            return NATIVE;
        }
        Path runner = Path.of(goal.project.getBuild().getDirectory()).resolve("quarkus-app/quarkus-run.jar");
        return isQuarkus(goal.project) && Files.isRegularFile(runner) ? QUARKUS : JAVA;
    }

    /** Tells whether a module makes an image whatever its sources hold, before it is built. */
    static boolean isCertain(ImageParameters goal) {
        String asked = Parameters.text(goal.kind).orElse("auto").toLowerCase(Locale.ROOT);
        return asked.equals("auto") ? found(goal) != JAVA || isQuarkus(goal.project) : !asked.equals("java");
    }

    private static boolean makesExecutable(MavenProject project) {
        Plugin plugin = project.getPlugin(NATIVE_PLUGIN);
        return plugin != null
                && plugin.getExecutions().stream()
                        .flatMap(execution -> execution.getGoals().stream())
                        .anyMatch(NATIVE_GOALS::contains);
    }

    private static boolean isQuarkus(MavenProject project) {
        return Stream.of("io.quarkus", "io.quarkus.platform")
                .anyMatch(group -> project.getPlugin(group + ":quarkus-maven-plugin") != null);
    }
}
