package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the content of an image came to be in the repository.
 *
 * @param images the images that the index names, in its order; the only one where there is no index
 * @param isNew whether the repository did not have the image before, under whatever tag or none
 * @param early the blobs that were brought before the push
 */
public record Staging(List<Image> images, boolean isNew, Set<Digest> early) {
    /** Copies images and blobs. */
    public Staging {
        images = List.copyOf(images);
        early = Set.copyOf(early);
    }

    /**
     * The image of one platform.
     *
     * @param platform what it runs on
     * @param digest digest of its manifest
     * @param layers the layers, lowest first
     * @param config the config
     */
    public record Image(Platform platform, Digest digest, List<Part> layers, Part config) {
        /** Copies the layers. */
        public Image {
            layers = List.copyOf(layers);
        }

        private Stream<Part> parts() {
            return Stream.concat(layers.stream(), Stream.of(config));
        }
    }

    /** How a blob came to be in the repository. */
    public enum Fate {
        /** It was there before. */
        REUSED,
        /** The registry took it from another repository. */
        MOUNTED,
        /** Its bytes were sent. */
        UPLOADED
    }

    /**
     * A layer or the config.
     *
     * @param name what is in it
     * @param descriptor what it is
     * @param fate how it came to be in the repository
     */
    public record Part(String name, Descriptor descriptor, Fate fate) {}

    /** Returns the first image, which is the only one where there is no index. */
    public Image first() {
        return images.get(0);
    }

    /** Returns the layers and the config of every image; what several images share is there once. */
    public List<Part> parts() {
        return images.stream().flatMap(Image::parts).distinct().toList();
    }

    /** Returns the number of blobs with the fate. */
    public long count(Fate fate) {
        return blobs(fate).count();
    }

    /** Returns the bytes of the blobs with the fate. */
    public long bytes(Fate fate) {
        return blobs(fate).mapToLong(Descriptor::size).sum();
    }

    /** Returns the bytes that were sent before the push. */
    public long sentEarly() {
        return blobs(Fate.UPLOADED)
                .filter(blob -> early.contains(blob.digest()))
                .mapToLong(Descriptor::size)
                .sum();
    }

    /** Returns the bytes of the image that were not sent. */
    public long saved() {
        return bytes(Fate.REUSED) + bytes(Fate.MOUNTED);
    }

    private Stream<Descriptor> blobs(Fate fate) {
        return parts().stream()
                .filter(part -> part.fate == fate)
                .map(Part::descriptor)
                .distinct();
    }
}
