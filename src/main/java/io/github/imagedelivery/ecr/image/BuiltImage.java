package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;

/**
 * A finished image: its manifest and every blob that the manifest names. Closing it frees the layers' memory (or the
 * temporary file that they spilled into); manifest and descriptors stay usable.
 */
public interface BuiltImage extends AutoCloseable {
    /**
     * A layer and its story.
     *
     * @param name what is in it: {@code dependencies}, {@code classes}, ...; {@code base} for a layer of the base image
     * @param fromBase whether it is a layer of the base image
     * @param blob its bytes
     */
    record Layer(String name, boolean fromBase, Blob blob) {}

    /** Returns the OCI manifest; its digest is the image's digest. */
    Manifest manifest();

    /** Returns the config; its digest is the image ID. */
    Blob config();

    /** Returns the layers, lowest first. */
    List<Layer> layers();

    /** Returns what the image runs on. */
    Platform platform();

    /** Frees the bytes of the application's layers. */
    @Override
    void close();
}
