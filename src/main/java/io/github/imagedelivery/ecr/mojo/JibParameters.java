package io.github.imagedelivery.ecr.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** The parameters that are nested as jib-maven-plugin's are, so that its configuration can be pasted. */
abstract class JibParameters extends PlacementParameters {
    /**
     * Where the image is pushed to, as jib-maven-plugin has it: {@code <to><image>host/repository:tag</image>
     * <tags><tag>...</tag></tags></to>}. The host is {@code ecr.registry}, the repository {@code ecr.name}; tags are
     * {@code ecr.additionalTags}. Without a tag none is added: there is no implicit {@code latest}. The registry
     * {@code local} may stand in for the host.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    ToElement to;

    /**
     * How the container runs, as jib-maven-plugin has it: {@code <container><ports><port>8080</port></ports></container>}.
     * Each element is the parameter of the same name, {@code creationTime} is {@code ecr.created}.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    ContainerElement container;

    /**
     * Accepted where all that is plain is on loopback: the registry {@code local}, or a base image on this machine. No other
     * registry is spoken to without TLS, or with a certificate that is not valid.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.allowInsecureRegistries", defaultValue = "false")
    boolean allowInsecureRegistries;

    /**
     * Refused: no Docker client takes part. Here so that the element of jib-maven-plugin is not ignored in silence.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    PlexusConfiguration dockerClient;

    /**
     * Refused: there are no goals for Skaffold. Here so that the element of jib-maven-plugin is not ignored in silence.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    PlexusConfiguration skaffold;

    /**
     * Refused, with the name of what is built in instead: extensions of jib-maven-plugin are not run. Here so that the
     * element is not ignored in silence.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    PlexusConfiguration pluginExtensions;
}
