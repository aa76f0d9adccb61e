package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The tar in a layer of zstd, for what reads docker-archives: that format is older than zstd.
 *
 * @param descriptor of the tar
 * @param layer the compressed layer
 */
record PlainLayer(Descriptor descriptor, Blob layer) implements Blob {
    /** Returns the tar in a layer of zstd, which is read once for length and digest; any other layer as it is. */
    static Blob ofZstd(Blob layer) throws IOException {
        if (!layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER_ZSTD)) {
            return layer;
        }
        long limit = CompressedLayer.limit(layer.descriptor());
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        try (InputStream tar = tar(layer)) {
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                sha256.update(buffer, 0, read);
                size += read;
                if (size > limit) {
                    throw new LayerException(
                            "the layer " + layer.descriptor().digest() + " inflates to more than " + limit + " bytes");
                }
            }
        }
        return new PlainLayer(new Descriptor(MediaTypes.OCI_LAYER, Digest.of(sha256), size), layer);
    }

    @Override
    public InputStream open() throws IOException {
        return tar(layer);
    }

    private static InputStream tar(Blob layer) throws IOException {
        return LayerTypes.tar(layer.descriptor().mediaType(), layer.open());
    }
}
