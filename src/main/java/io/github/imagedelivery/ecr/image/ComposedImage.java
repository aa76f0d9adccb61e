package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;

/**
 * An image whose own layers lie in tarballs.
 *
 * @param manifest the OCI manifest
 * @param config the config
 * @param layers base's layers, then the application's
 * @param platform what the config says it runs on
 * @param freeing frees the application's layers; those of all images that were built together
 */
record ComposedImage(Manifest manifest, Blob config, List<Layer> layers, Platform platform, Runnable freeing)
        implements BuiltImage {
    @Override
    public void close() {
        freeing.run();
    }
}
