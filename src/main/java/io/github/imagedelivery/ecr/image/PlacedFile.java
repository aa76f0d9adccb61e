package io.github.imagedelivery.ecr.image;

import java.nio.file.Path;

/**
 * A file at its place in the image.
 *
 * @param source where its bytes come from
 * @param path absolute path in the image, with {@code /} between its steps
 */
public record PlacedFile(Source source, String path) {
    /** Where the bytes of a file come from. */
    public sealed interface Source {}

    /**
     * A file of the build.
     *
     * @param file a regular file
     */
    public record OnDisk(Path file) implements Source {}

    /**
     * A file that no build wrote.
     *
     * @param text its content, written in UTF-8
     */
    public record Generated(String text) implements Source {}

    /** Places a file of the build. */
    public static PlacedFile of(Path file, String path) {
        return new PlacedFile(new OnDisk(file), path);
    }

    /** Places a text. */
    public static PlacedFile of(String text, String path) {
        return new PlacedFile(new Generated(text), path);
    }
}
