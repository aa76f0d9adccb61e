package io.github.imagedelivery.ecr.setup;

/**
 * A file to be written.
 *
 * @param path relative to the root of the source repository, with slashes
 * @param content what is in it; ends with a line break
 */
public record SetupFile(String path, String content) {}
