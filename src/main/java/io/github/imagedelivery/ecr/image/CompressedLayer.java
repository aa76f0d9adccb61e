package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A compressed layer of a base image. Whoever reads it to its end knows that it inflates to what the config says, and
 * to no more than a machine that runs the image can bear.
 *
 * @param descriptor what it is called in the image
 * @param blob its compressed bytes
 * @param diffId digest of the tar in it, as the config names it
 */
record CompressedLayer(Descriptor descriptor, Blob blob, Digest diffId) implements Blob {
    private static final long MOST = 10L << 30;
    /** Layers of programs inflate to three or four times their size, logs and zeros to more. */
    private static final long MOST_TIMES = 200;
    /** A short layer may well be one file of zeros. */
    private static final long ALWAYS_ALLOWED = 64L << 20;

    @Override
    public InputStream open() throws IOException {
        return new InflatedAside(blob.open(), this);
    }

    /** Returns to how many bytes the layer may inflate. */
    long limit() {
        return limit(descriptor);
    }

    /** Returns to how many bytes a layer of that length may inflate. */
    static long limit(Descriptor descriptor) {
        return Math.min(MOST, Math.max(ALWAYS_ALLOWED, Math.min(descriptor.size(), MOST) * MOST_TIMES));
    }
}
