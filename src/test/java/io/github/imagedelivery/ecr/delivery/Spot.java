package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import java.util.List;

/**
 * Where a push goes: the names by which its requests are known.
 *
 * @param additional the additional tags
 */
record Spot(String repository, String version, List<String> additional, Digest image) {
    /** Copies the tags. */
    Spot {
        additional = List.copyOf(additional);
    }

    String tag(String tag) {
        return repository + ":" + tag;
    }
}
