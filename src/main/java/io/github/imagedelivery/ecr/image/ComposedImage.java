package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;

/**
 * An image whose own layers lie in a tarball.
 *
 * @param manifest the OCI manifest
 * @param config the config
 * @param layers base's layers, then the application's
 * @param platform what the config says it runs on
 * @param tarball holds the application's layers
 */
record ComposedImage(Manifest manifest, Blob config, List<Layer> layers, Platform platform, Tarball tarball)
        implements BuiltImage {
    @Override
    public void close() {
        tarball.close();
    }
}
