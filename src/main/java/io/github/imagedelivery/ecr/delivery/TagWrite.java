package io.github.imagedelivery.ecr.delivery;

/**
 * One tag of one image that is to be written.
 *
 * @param image the image
 * @param change what becomes of the tag
 */
record TagWrite(StagedImage image, TagChange change) {
    TagStore tags() {
        return image.access().tags();
    }

    /** Returns the tag with its repository, for a message. */
    @Override
    public String toString() {
        return change.tag() + " of " + image.uri();
    }
}
