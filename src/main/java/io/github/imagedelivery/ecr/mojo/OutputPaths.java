package io.github.imagedelivery.ecr.mojo;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** The element {@code <outputPaths>}, with the names that jib-maven-plugin gives them. */
public final class OutputPaths {
    /** Where {@code ecr:build} writes a tar. */
    @Nullable
    File tar;

    /** Holds the digest of the image. */
    @Nullable
    File digest;

    /** Holds the digest of the image's config. */
    @Nullable
    File imageId;

    /** Holds both, and the image's names. */
    @Nullable
    File imageJson;
}
