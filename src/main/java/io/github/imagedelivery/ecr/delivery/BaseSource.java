package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A base image and where its layers are.
 *
 * @param image the base image
 * @param origin the repository that it was read from; empty for one on disk or {@code scratch}
 * @param platforms what its index names; none where there is no index
 */
record BaseSource(BaseImage image, Optional<Origin> origin, List<Platform> platforms) {
    /** Copies the platforms. */
    BaseSource {
        platforms = List.copyOf(platforms);
    }

    /** Returns a base that was read from no registry. */
    static BaseSource here(BaseImage image) {
        return new BaseSource(image, Optional.empty(), List.of());
    }

    /**
     * A repository.
     *
     * @param endpoint scheme, host and port of its registry
     * @param repository its name
     */
    record Origin(URI endpoint, RepositoryName repository) {}

    /** Returns the base as a reader wants it: its name, pinned to the digest. */
    String pinned() {
        return image.digest()
                .map(digest -> image.name().contains("@") ? image.name() : image.name() + "@" + digest)
                .orElse(image.name());
    }
}
