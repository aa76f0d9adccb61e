package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;

/** Where a push goes: the names by which its requests are known. */
record Spot(String repository, String version, Digest image) {
    String tag(String tag) {
        return repository + ":" + tag;
    }
}
