package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of Jib's that was compressed again: with symbolic links in its tar, in another format, or both.
 *
 * @param blob the compressed layer
 * @param diffId digest of the tar in it
 */
record RecodedLayer(Blob blob, Digest diffId) {
    /**
     * Writes the layer into the storage.
     *
     * @param links targets by path, without a slash in front; where there are none, the tar stays as it is
     */
    static RecodedLayer write(Blob layer, Map<String, String> links, Compression compression, Tarball storage)
            throws IOException {
        MessageDigest diffId = Digest.sha256();
        MessageDigest digest = Digest.sha256();
        try (InputStream in = new GZIPInputStream(layer.open(), 64 * 1024);
                OutputStream out = new DigestOutputStream(
                        compressed(new DigestOutputStream(storage.output(), digest), compression), diffId)) {
            if (links.isEmpty()) {
                in.transferTo(out);
            } else {
                LinkedTar.copy(in, out, links);
            }
        }
        Descriptor written = new Descriptor(compression.format().mediaType(), Digest.of(digest), storage.size());
        return new RecodedLayer(new VerifiedBlob(written, storage), Digest.of(diffId));
    }

    private static OutputStream compressed(OutputStream out, Compression compression) throws IOException {
        return switch (compression.format()) {
            case GZIP -> new GZIPOutputStream(out);
            case ZSTD -> Zstd.deflating(out, compression.level());
        };
    }
}
