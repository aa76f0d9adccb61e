package io.github.imagedelivery.ecr.image;

/** Builds images. Safe for use by several threads. */
public interface ImageBuilder {
    /**
     * Builds the image in memory; touches no network.
     *
     * @throws ImageException if no image can be made of the plan
     */
    BuiltImage build(ImagePlan plan, BaseImage base) throws ImageException;
}
