package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Inspection.Named;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A module whose repository was found fit to be pushed to.
 *
 * @param named what it is called
 * @param there layers that the repository has, since images that it has name them; there may be more
 * @param isBuilt whether the commit has its image already
 */
record Prospect(Named named, Set<Digest> there, boolean isBuilt) {
    Prospect {
        there = Set.copyOf(there);
    }

    /**
     * Says what is known of a module.
     *
     * @param found images of the repository: of this commit, and of earlier ones
     */
    static Prospect of(Named named, Map<Tag, Manifest> found) {
        Set<Digest> there = found.values().stream()
                .flatMap(image -> image.layers().stream())
                .map(Descriptor::digest)
                .collect(Collectors.toSet());
        return new Prospect(
                named, there, found.containsKey(named.target().shaTag().value()));
    }
}
