package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import java.util.Optional;

/**
 * How the publication of one image ended.
 *
 * @param image the image
 * @param result how it ended
 * @param error what the user is told; empty when it went well
 */
public record Publication(StagedImage image, Result result, Optional<DeliveryException> error) {
    /** Tells whether the build fails by it. */
    public boolean isFailure() {
        boolean isWarning = result == Result.SUPERSEDED && image.policy().onSuperseded() == SupersededRule.WARN;
        return !result.isSuccess() && !isWarning;
    }

    static Publication of(StagedImage image, Result success) {
        return new Publication(image, success, Optional.empty());
    }

    static Publication failed(StagedImage image, Result result, DeliveryException error) {
        return new Publication(image, result, Optional.of(error));
    }
}
