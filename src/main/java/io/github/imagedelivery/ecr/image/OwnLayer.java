package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A layer of an application.
 *
 * @param name what is in it
 * @param blob the compressed layer
 * @param diffId digest of the tar in it
 */
record OwnLayer(String name, Blob blob, Digest diffId) {
    /** Writes the layer into the storage. */
    static OwnLayer write(LayerTar tar, Compression compression, LayerStorage storage) throws IOException {
        Tarball tarball = storage.tarball();
        MessageDigest digest = Digest.sha256();
        Digest diffId;
        try (OutputStream out = compression.deflating(new DigestOutputStream(tarball.output(), digest))) {
            diffId = tar.write(out, storage);
        }
        Descriptor written = new Descriptor(compression.format().mediaType(), Digest.of(digest), tarball.size());
        return new OwnLayer(tar.name(), new VerifiedBlob(written, tarball), diffId);
    }
}
