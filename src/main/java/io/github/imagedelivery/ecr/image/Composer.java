package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the layers of a base image below layers that were written without it: what Jib does when it has the base's layers
 * at hand, done with their descriptors alone.
 */
final class Composer {
    /** More layers than that cannot be stacked by the overlay file systems that run containers. */
    private static final int MAX_LAYERS = 127;

    private final List<Blob> baseLayers;

    private Composer(List<Blob> baseLayers) {
        this.baseLayers = baseLayers;
    }

    /** Checks the base: its layers must be of a known type, and those that its config names. */
    static Composer on(BaseImage base) throws FormatException {
        List<Json> diffIds = ConfigWriter.diffIds(base.config()).items();
        if (diffIds.size() != base.layers().size()) {
            throw new FormatException(
                    "its manifest has " + base.layers().size() + " layers, its config " + diffIds.size() + " diff ids");
        }
        List<Blob> layers = new ArrayList<>();
        for (Blob layer : base.layers()) {
            Digest diffId = Digest.parse(diffIds.get(layers.size()).text().orElse(""));
            layers.add(checked(layer, diffId));
        }
        return new Composer(layers);
    }

    /**
     * Returns the layer under its OCI media type, and such that it cannot be read without being what the config says.
     */
    private static Blob checked(Blob layer, Digest diffId) throws FormatException {
        Descriptor descriptor = layer.descriptor()
                .withMediaType(LayerTypes.oci(layer.descriptor().mediaType()));
        if (LayerTypes.isInflatable(descriptor.mediaType())) {
            return new CompressedLayer(descriptor, layer, diffId);
        }
        if (descriptor.mediaType().equals(MediaTypes.OCI_LAYER)
                && !descriptor.digest().equals(diffId)) {
            throw new FormatException("its manifest names the layer " + descriptor.digest() + ", its config " + diffId);
        }
        return new Renamed(descriptor, layer);
    }

    /** Returns the base's layers under their OCI media types, then the others. */
    List<Blob> layers(List<Blob> own) throws FormatException {
        List<Blob> all = new ArrayList<>(baseLayers);
        all.addAll(own);
        if (all.size() > MAX_LAYERS) {
            throw new FormatException("the image would have " + all.size() + " layers; at most " + MAX_LAYERS
                    + " can be run, and the base has " + baseLayers.size());
        }
        return all;
    }

    /**
     * Returns the manifest.
     *
     * @param layers their descriptors
     */
    static Json manifest(Descriptor config, List<Json> layers) {
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.toJson())
                .with("layers", Json.array(layers));
    }

    private record Renamed(Descriptor descriptor, Blob blob) implements Blob {
        @Override
        public InputStream open() throws IOException {
            return blob.open();
        }
    }
}
