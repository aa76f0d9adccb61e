package io.github.imagedelivery.ecr.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say how the layers of an image are compressed, and when. */
abstract class CompressionParameters extends JibParameters {
    /**
     * How the layers of the application are compressed: {@code gzip}, which everything reads, or {@code zstd}, which is
     * unpacked in less time, by containerd 1.5, Docker 23 and Podman 2 or later; AWS Lambda is not known to read it.
     * Layers of the base image stay as they are.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.compression", defaultValue = "gzip")
    @Nullable
    String compression;

    /**
     * Level of {@code ecr.compression=zstd}, 1 (fast) to 22 (small, slow, and with much memory). Those above 9 are seldom worth
     * their time for jars, which are compressed already. Not for gzip. Default: 3.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.compressionLevel")
    @Nullable
    String compressionLevel;

    /**
     * Whether a layer is taken from the image of an earlier commit (the nearest of five that has one) in place of being
     * compressed again, where its files are the same to the last byte. The image is the same either way. {@code false} trusts
     * no image that is there, for example for a release: {@code -Decr.layerReuse=false}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.layerReuse", defaultValue = "true")
    boolean layerReuse;
}
