package io.github.imagedelivery.ecr.mojo;

import java.io.File;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say where what is known of an image is written, for every goal that makes one. */
abstract class OutputParameters extends ImageParameters {
    /**
     * Files to write, by the names of jib-maven-plugin: {@code tar} (by {@code ecr:build} alone), {@code digest},
     * {@code imageId} and {@code imageJson}, as in
     * {@code <outputPaths><digest>target/image.digest</digest></outputPaths>}. {@code ecr:push} and {@code ecr:publish}
     * write them when both tags point at the image. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    OutputPaths outputPaths;

    /**
     * Where {@code ecr:build} writes a tar. Default: {@code target/ecr/image.tar}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.outputPaths.tar")
    @Nullable
    File outputTar;

    /**
     * File for the digest of the image, {@code sha256:...} without a line break. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.outputPaths.digest")
    @Nullable
    File outputDigest;

    /**
     * File for the digest of the image's config, without a line break. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.outputPaths.imageId")
    @Nullable
    File outputImageId;

    /**
     * File for a JSON object with {@code image}, {@code imageId}, {@code imageDigest}, {@code tags} and
     * {@code imagePushed}. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.outputPaths.imageJson")
    @Nullable
    File outputImageJson;
}
