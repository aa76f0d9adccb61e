package io.github.imagedelivery.ecr.local;

/**
 * What {@code BatchDeleteImage} does when it is given a tag together with the matching digest and the image has further
 * tags. What Amazon ECR does is not documented, so a client has to be right under both.
 */
public enum PairDeletion {
    /** The tag alone goes; the image stays under its other tags. */
    UNTIES_TAG,
    /** The image goes, and all its tags with it. */
    DELETES_IMAGE
}
