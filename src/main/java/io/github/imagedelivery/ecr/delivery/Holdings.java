package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.KnownLayers;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What images that are in a repository tell of its blobs, without a question: ECR keeps what a manifest refers to.
 *
 * @param layers what is known of layers, so that they need not be written
 * @param blobs the layers that images refer to
 */
record Holdings(KnownLayers layers, Set<Digest> blobs) {
    /** Nothing is known, and nothing that was noted is believed. */
    static final Holdings NONE = new Holdings(KnownLayers.NONE, Set.of());

    /** Copies the set. */
    Holdings {
        blobs = Set.copyOf(blobs);
    }

    /** Returns what the images refer to; an index refers to none. */
    static Holdings of(KnownLayers layers, Collection<Manifest> images) {
        Set<Digest> blobs = new HashSet<>();
        for (Manifest image : images) {
            image.layers().stream().map(Descriptor::digest).forEach(blobs::add);
        }
        return new Holdings(layers, blobs);
    }
}
