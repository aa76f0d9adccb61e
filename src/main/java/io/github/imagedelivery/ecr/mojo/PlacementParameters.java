package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say where things lie in a container. */
abstract class PlacementParameters extends KindParameters {
    /**
     * Directory in the image that the application lies in, an absolute path. Default: {@code /app}; see the page Image for other kinds of applications.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.appRoot")
    @Nullable
    String appRoot;

    /**
     * Paths in the image that come before the application's own on the class path, for example
     * {@code /opt/agent/lib/*}; a property is split at commas.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.extraClasspath")
    @Nullable
    List<String> extraClasspath;

    /**
     * Mount points, absolute paths such as {@code /var/log/orders}: a runtime gives each of them a volume that outlives
     * the container's own files. A property is split at commas. Those of the base image stay.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.volumes")
    @Nullable
    List<String> volumes;
}
