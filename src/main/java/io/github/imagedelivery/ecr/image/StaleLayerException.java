package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Causes;
import java.io.IOException;

/** Thrown when a layer is read that is not what was known of it. An image of which all layers are written anew is right. */
public final class StaleLayerException extends IOException {
    StaleLayerException(String message) {
        super(message);
    }

    /** Tells whether a failure comes of that. */
    public static boolean isBehind(Throwable failure) {
        return Causes.of(failure).anyMatch(StaleLayerException.class::isInstance);
    }
}
