package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An image with all that it consists of, to be put into further repositories.
 *
 * @param blobs the layers, lowest first, then the config
 */
record StoredImage(Manifest manifest, List<Blob> blobs) {
    /** Takes the image that the tag points at. */
    static StoredImage of(LocalEcr ecr, String repository, String tag) throws IOException, FormatException {
        Digest digest = Objects.requireNonNull(ecr.tags(repository).get(tag));
        Manifest manifest = ecr.manifest(repository, digest).orElseThrow();
        List<Descriptor> parts = new ArrayList<>(manifest.layers());
        parts.add(manifest.config().orElseThrow());
        List<Blob> blobs = new ArrayList<>();
        for (Descriptor part : parts) {
            blobs.add(Blob.of(part.mediaType(), ecr.blob(repository, part.digest())));
        }
        return new StoredImage(manifest, List.copyOf(blobs));
    }

    Digest digest() {
        return manifest.digest();
    }

    /** Puts the image into a repository under a tag. */
    void seed(LocalEcr ecr, String repository, String tag) throws IOException {
        ecr.seed(repository, tag, manifest, blobs);
    }
}
