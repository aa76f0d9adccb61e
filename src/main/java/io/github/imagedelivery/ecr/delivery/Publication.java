package io.github.imagedelivery.ecr.delivery;

import java.util.Optional;

/**
 * How the publication of one image ended.
 *
 * @param image the image
 * @param result how it ended
 * @param error what the user is told; empty when it went well
 */
public record Publication(StagedImage image, Result result, Optional<DeliveryException> error) {
    static Publication of(StagedImage image, Result success) {
        return new Publication(image, success, Optional.empty());
    }

    static Publication failed(StagedImage image, Result result, DeliveryException error) {
        return new Publication(image, result, Optional.of(error));
    }
}
