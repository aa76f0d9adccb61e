package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say what an image runs on. */
abstract class PlatformParameters extends CompressionParameters {
    /**
     * Platform of the image, chosen among those of the base image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.platform", defaultValue = "linux/amd64")
    @Nullable
    String platform;

    /**
     * Platforms of the image, for example {@code linux/amd64,linux/arm64} or {@code linux/arm/v7}; the base image must have
     * each. Several make one image for each and an index over them, which both tags point at; one makes a plain image.
     * Default: {@code ecr.platform} alone.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.platforms")
    @Nullable
    List<String> platforms;
}
