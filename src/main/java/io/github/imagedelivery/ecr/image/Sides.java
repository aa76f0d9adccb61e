package io.github.imagedelivery.ecr.image;

/**
 * What two images that are compared are called.
 *
 * @param before where the first one is, in words that follow a noun: {@code in ECR}, {@code under 1.4.0}
 * @param now where the second one is, likewise
 */
public record Sides(String before, String now) {
    /** Returns the same words for what only one side has. */
    public String only(boolean isBefore) {
        return "only " + (isBefore ? before : now);
    }
}
