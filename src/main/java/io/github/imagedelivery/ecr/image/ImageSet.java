package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * All that one digest stands for: the image of one platform, or an index and the images that it names. Closing it closes
 * the images; manifests and descriptors stay usable.
 *
 * @param root what the tags are to point at: the manifest of the only image, or the index
 * @param images the images that the index names, in its order; the only one where there is no index
 */
public record ImageSet(Manifest root, List<BuiltImage> images) implements AutoCloseable {
    /** Copies the images; there is at least one. */
    public ImageSet {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("no image in " + root);
        }
    }

    /** Returns an image that stands for itself. */
    public static ImageSet of(BuiltImage image) {
        return new ImageSet(image.manifest(), List.of(image));
    }

    /**
     * Returns an image that stands for itself, or several under an index.
     *
     * @param platforms what each image is called in the index
     */
    static ImageSet of(List<BuiltImage> images, List<Platform> platforms) throws ImageException {
        if (images.size() == 1) {
            return of(images.get(0));
        }
        try {
            return new ImageSet(ImageIndex.of(images, platforms), images);
        } catch (IOException | FormatException e) {
            throw new ImageException(
                    "The index over the images cannot be written",
                    Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    "build for fewer platforms with -Decr.platforms=...");
        }
    }

    /** Returns what each image runs on, as the index says where there is one that says it. */
    public List<Platform> platforms() {
        return root.isIndex()
                ? IntStream.range(0, images.size()).mapToObj(this::platform).toList()
                : List.of(first().platform());
    }

    private Platform platform(int image) {
        Platform named = root.entries().get(image).platform();
        return named.os().isEmpty() ? images.get(image).platform() : named;
    }

    /** Returns the first image, which is the only one where there is no index. */
    public BuiltImage first() {
        return images.get(0);
    }

    /** Returns the manifests that must be there before the root is: those that an index names, each once. */
    public List<Manifest> children() {
        return root.isIndex()
                ? images.stream().map(BuiltImage::manifest).distinct().toList()
                : List.of();
    }

    @Override
    public void close() {
        images.forEach(BuiltImage::close);
    }
}
