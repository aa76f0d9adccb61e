package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.PrebuiltImage;

/**
 * An image that another tool has built. Nothing is added to it.
 *
 * @param image the image
 */
public record Prebuilt(PrebuiltImage image) implements Making {}
