package io.github.imagedelivery.ecr.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that name an image which another tool has built. */
abstract class PrebuiltParameters extends TagParameters {
    /**
     * Image that another tool has built, to be pushed as it is in place of one that is built here: a path to an OCI image
     * layout (directory or tar) or to the tar of a {@code docker save}, for example {@code target/image.tar}; a relative
     * one begins in the module's directory. It may be for several platforms, and the module of any packaging, {@code pom}
     * included. What says how an image is built has no effect on it. Default: none, the image is built.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.image")
    @Nullable
    String image;

    /**
     * What the image is called in {@code ecr.image}, where that holds several: its name in the layout
     * ({@code org.opencontainers.image.ref.name}) or its digest there; its name and tag in the archive
     * ({@code shop/orders:1.4.0}) or its ID ({@code sha256:...}). Default: the only image.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.imageEntry")
    @Nullable
    String imageEntry;
}
