package io.github.imagedelivery.ecr.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes by digest that can be read more than once: a layer or a config (distribution-spec, "Blob"). */
public interface Blob {
    /** Returns what the content is, how long it is and what it hashes to. */
    Descriptor descriptor();

    /**
     * Opens the content from its first byte. Each call gives a new stream, so that a refused upload can be made again.
     */
    InputStream open() throws IOException;

    /** Returns a blob of bytes held in memory. */
    static Blob of(String mediaType, byte[] content) {
        Descriptor descriptor = Descriptor.of(mediaType, content);
        return new Blob() {
            @Override
            public Descriptor descriptor() {
                return descriptor;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }
}
