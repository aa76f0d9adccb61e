package io.github.imagedelivery.ecr.image;

import java.io.IOException;

/** Thrown when a layer of a base image is read that is not what the base says it is, or that is made to harm. */
public final class LayerException extends IOException {
    LayerException(String message) {
        super(message);
    }
}
