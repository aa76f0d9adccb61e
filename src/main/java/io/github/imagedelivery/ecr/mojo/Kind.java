package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.Set;
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
    private static final Set<String> MADE_IN_DOCKER = Set.of("docker-native", "docker-crac");
    private static final Set<String> NATIVE_GOALS = Set.of("compile", "compile-no-fork", "build");

    /** Returns the kind of a module that is built. */
    static Kind of(ImageParameters goal) throws DeliveryException {
        return asked(goal) == AUTO && foreseen(goal) == JAVA
                ? QuarkusOutput.of(goal.project).kind().orElse(JAVA)
                : foreseen(goal);
    }

    /** Returns the kind of a module that need not be built yet: {@link #JAVA} where Quarkus has it in its hands. */
    static Kind foreseen(ImageParameters goal) throws DeliveryException {
        Kind asked = asked(goal);
        if (asked != AUTO) {
            return asked;
        }
        String packaging = goal.project.getPackaging();
        if (packaging.equals("war")) {
            return WAR;
        }
        if (goal.jar != null) {
            return JAR;
        }
        if (goal.nativeExecutable != null || makesExecutable(goal.project)) {
            return NATIVE;
        }
        if (MADE_IN_DOCKER.contains(packaging)) {
            throw DeliveryException.ofUser(
                    "The application of packaging " + packaging
                            + " is in no file of the module; nothing was built or sent",
                    "micronaut-maven-plugin makes it inside of Docker and leaves it there",
                    "build with -Dpackaging=native-image or jar, or take the classes with -Decr.kind=java");
        }
        return JAVA;
    }

    static Kind asked(ImageParameters goal) throws DeliveryException {
        return Choice.of("ecr.kind", goal.kind, AUTO);
    }

    /** Tells whether a module makes an image whatever its sources hold, before it is built. */
    static boolean isCertain(ImageParameters goal) {
        try {
            return foreseen(goal) != JAVA || (asked(goal) == AUTO && QuarkusOutput.isMadeIn(goal.project));
        } catch (DeliveryException e) {
            return true; // one that is refused
        }
    }

    private static boolean makesExecutable(MavenProject project) {
        Plugin plugin = project.getPlugin(NATIVE_PLUGIN);
        return plugin != null
                && plugin.getExecutions().stream()
                        .flatMap(execution -> execution.getGoals().stream())
                        .anyMatch(NATIVE_GOALS::contains);
    }
}
