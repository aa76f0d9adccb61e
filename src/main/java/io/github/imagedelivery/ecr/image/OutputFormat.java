package io.github.imagedelivery.ecr.image;

/** How an image is written to disk. */
public enum OutputFormat {
    /** A directory that is an OCI image layout. */
    LAYOUT,
    /** An OCI image layout in a tar. */
    OCI_ARCHIVE,
    /** A tar as {@code docker save} writes it, for {@code docker load}: one image. */
    DOCKER_ARCHIVE
}
