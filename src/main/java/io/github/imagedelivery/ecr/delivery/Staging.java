package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Descriptor;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the content of an image came to be in the repository.
 *
 * @param layers the layers, lowest first
 * @param config the config
 * @param isNew whether the repository did not have the image before, under whatever tag or none
 */
public record Staging(List<Part> layers, Part config, boolean isNew) {
    /** Copies the layers. */
    public Staging {
        layers = List.copyOf(layers);
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

    /** Returns the number of blobs with the fate. */
    public long count(Fate fate) {
        return parts().stream().filter(part -> part.fate == fate).count();
    }

    /** Returns the bytes of the blobs with the fate. */
    public long bytes(Fate fate) {
        return parts().stream()
                .filter(part -> part.fate == fate)
                .mapToLong(part -> part.descriptor.size())
                .sum();
    }

    private List<Part> parts() {
        return Stream.concat(layers.stream(), Stream.of(config)).toList();
    }
}
