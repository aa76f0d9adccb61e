package io.github.imagedelivery.ecr.mojo;

import java.util.Optional;
import java.util.Set;
import org.apache.maven.project.MavenProject;

/** Names the base image of the kinds of applications that need another one than a Java runtime. */
final class DefaultBase {
    /** One of the official images of Tomcat 9.0, on Java 8 and later, and of 10.1, on Java 11 and later. */
    private static final String TOMCAT = "public.ecr.aws/docker/library/tomcat:%s-jre%d-temurin";
    /** An executable is linked with a C library, which is not older here than where it is likely to be built. */
    private static final String FOR_EXECUTABLES = "public.ecr.aws/docker/library/debian:13-slim";

    private static final int FIRST_RELEASE_WITH_JAKARTA = 11;

    /** What a module depends on that is written for servlets before they became Jakarta's. */
    private static final Set<String> BEFORE_JAKARTA = Set.of("javax.servlet", "javax");

    private DefaultBase() {}

    /** Returns the base; empty where a Java runtime does. */
    static Optional<String> of(Kind kind, MavenProject project, int javaRelease) {
        return switch (kind) {
            case WAR -> Optional.of(tomcat(project, javaRelease));
            case NATIVE -> Optional.of(FOR_EXECUTABLES);
            case AUTO, JAVA, LAYERED, JAR, QUARKUS -> Optional.empty();
        };
    }

    private static String tomcat(MavenProject project, int javaRelease) {
        boolean isOld = javaRelease < FIRST_RELEASE_WITH_JAKARTA
                || project.getDependencies().stream()
                        .anyMatch(dependency -> BEFORE_JAKARTA.contains(dependency.getGroupId()));
        return TOMCAT.formatted(isOld ? "9.0" : "10.1", BaseName.runtimeRelease(javaRelease));
    }

    /** Returns the directory that the server of a base looks for its main application in. */
    static String webRoot(String base) {
        String repository = base.replaceFirst("[@:][^/]*$", "");
        boolean isJetty = repository.substring(repository.lastIndexOf('/') + 1).contains("jetty");
        return isJetty ? "/var/lib/jetty/webapps/ROOT" : "/usr/local/tomcat/webapps/ROOT";
    }
}
