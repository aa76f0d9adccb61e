package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Returns what is to be told of the failures, each error once. Beside an image that was left changed, nothing is
     * told of those that are as they were: it would read as if all were.
     */
    public static List<DeliveryException> errors(List<Publication> publications) {
        List<Publication> failures =
                publications.stream().filter(Publication::isFailure).toList();
        boolean allClean = failures.stream().allMatch(failure -> failure.result == Result.FAILED_CLEAN);
        // By what they say: one refusal is the error of every image that is published together.
        Map<String, DeliveryException> errors = new LinkedHashMap<>();
        failures.stream()
                .filter(failure -> allClean || failure.result != Result.FAILED_CLEAN)
                .flatMap(failure -> failure.error.stream())
                .forEach(error -> errors.putIfAbsent(String.valueOf(error.getMessage()), error));
        return List.copyOf(errors.values());
    }

    static Publication of(StagedImage image, Result success) {
        return new Publication(image, success, Optional.empty());
    }

    static Publication failed(StagedImage image, Result result, DeliveryException error) {
        return new Publication(image, result, Optional.of(error));
    }
}
