package io.github.imagedelivery.ecr.delivery;

/**
 * A value and where it came from, for the log and the report.
 *
 * @param value the value
 * @param source where it was found, for example {@code ecr.version} or {@code git tag v1.2.0}
 */
public record Resolved<T>(T value, String source) {}
