package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes the layers of an application, or leaves that for later where it is known already what they come to.
 *
 * @param compression how they are compressed, with its name
 * @param known what is known of them from elsewhere
 * @param notes what is known of them on this machine
 * @param storage where they are written
 */
record LayerWriter(Encoding compression, KnownLayers known, LayerNotes notes, LayerStorage storage) {
    /**
     * A way of compressing.
     *
     * @param name the same only where the bytes are the same
     */
    record Encoding(Compression compression, String name) {}

    /** Returns the layer. */
    OwnLayer layer(LayerTar tar) throws IOException {
        if (knowsNothing()) {
            return write(tar);
        }
        Digest diffId = tar.write(OutputStream.nullOutputStream(), storage);
        Optional<Descriptor> found =
                find(diffId).filter(layer -> layer.mediaType().equals(format().mediaType()));
        return found.isPresent()
                ? new OwnLayer(tar.name(), new PendingLayer(found.get(), () -> write(tar)), diffId)
                : write(tar);
    }

    private boolean knowsNothing() {
        return known.isEmpty() && (!known.believesNotes() || notes.isEmpty());
    }

    private Optional<Descriptor> find(Digest diffId) {
        Optional<Descriptor> elsewhere = known.find(diffId, compression.name());
        return elsewhere.isPresent() || !known.believesNotes() ? elsewhere : notes.find(diffId, compression.name());
    }

    private Compression.Format format() {
        return compression.compression().format();
    }

    private OwnLayer write(LayerTar tar) throws IOException {
        OwnLayer layer = OwnLayer.write(tar, compression.compression(), storage);
        notes.put(layer.diffId(), compression.name(), layer.blob().descriptor());
        return layer;
    }
}
