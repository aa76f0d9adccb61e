package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored image or index.
 *
 * @param content config, if any, and layers
 * @param pushedAt when it was stored
 */
record Image(Manifest manifest, List<Descriptor> content, Instant pushedAt) {
    static Image of(Manifest manifest, Instant pushedAt) throws FormatException {
        List<Descriptor> content = new ArrayList<>();
        manifest.config().ifPresent(content::add);
        content.addAll(manifest.layers());
        return new Image(manifest, List.copyOf(content), pushedAt);
    }

    Digest digest() {
        return manifest.digest();
    }

    /** Returns the bytes of the blobs that the manifest names itself; 0 for an index. */
    long size() {
        return content.stream().mapToLong(Descriptor::size).sum();
    }

    boolean hasBlob(Digest blob) {
        return content.stream().anyMatch(part -> part.digest().equals(blob));
    }

    boolean hasChild(Digest image) {
        return manifest.entries().stream()
                .anyMatch(entry -> entry.manifest().digest().equals(image));
    }
}
