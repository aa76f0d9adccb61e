package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A layer of which the digest is known before it is written: that is done when somebody reads it first. */
final class PendingLayer implements Blob {
    private final Descriptor expected;
    private final Writing writing;
    private @Nullable OwnLayer written;

    /** Writes a layer. */
    interface Writing {
        /** Returns the layer, which lies in memory or in a file. */
        OwnLayer write() throws IOException;
    }

    PendingLayer(Descriptor expected, Writing writing) {
        this.expected = expected;
        this.writing = writing;
    }

    @Override
    public Descriptor descriptor() {
        return expected;
    }

    @Override
    public InputStream open() throws IOException {
        return written().blob().open();
    }

    private synchronized OwnLayer written() throws IOException {
        OwnLayer layer = written;
        if (layer == null) {
            layer = writing.write();
            Descriptor actual = layer.blob().descriptor();
            if (!actual.equals(expected)) {
                throw new StaleLayerException("the layer " + layer.name() + " is " + actual.digest() + ", and not "
                        + expected.digest() + " as an earlier image said");
            }
            written = layer;
        }
        return layer;
    }
}
