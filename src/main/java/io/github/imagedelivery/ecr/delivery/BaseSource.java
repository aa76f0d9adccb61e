package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.BaseJava;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Reference;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A base image and where its layers are.
 *
 * @param image the base image
 * @param origin the repository that it was read from; empty for one on disk or {@code scratch}
 * @param platforms what its index names; none where there is no index
 * @param mirror what was read in place of the image's own name
 */
record BaseSource(BaseImage image, Optional<Origin> origin, List<Platform> platforms, Optional<Reference> mirror) {
    /** Copies the platforms. */
    BaseSource {
        platforms = List.copyOf(platforms);
    }

    /** Returns a base that was read from no registry. */
    static BaseSource here(BaseImage image) {
        return new BaseSource(image, Optional.empty(), List.of(), Optional.empty());
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

    /** Returns the same for the log, with the mirror that it was read from. */
    String told() {
        return told(pinned());
    }

    /** Returns a name of the base, with the mirror that it was read from. */
    String told(String name) {
        return name
                + mirror.map(read -> " from its mirror " + read.registry() + "/" + read.repository())
                        .orElse("");
    }

    /** Refuses the base if its Java is certainly older than the release that the module is compiled for. */
    void requireJava(String module, OptionalInt release) throws DeliveryException {
        Optional<BaseJava> java = BaseJava.of(image);
        if (release.isEmpty() || java.isEmpty() || java.get().release() >= release.getAsInt()) {
            return;
        }
        throw DeliveryException.ofUser(
                "The base image " + image.name() + " has Java " + java.get().release() + ", and " + module
                        + " is compiled for Java " + release.getAsInt() + "; nothing was built or sent",
                java.get().evidence() + ", and a Java does not load classes of a later release",
                "name a base image with Java " + release.getAsInt() + " or later with ecr.from, compile for release "
                        + java.get().release() + ", or set ecr.base.javaCheck=false if it has a later Java after all");
    }
}
