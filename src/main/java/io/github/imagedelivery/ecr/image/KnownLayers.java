package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Layers of earlier images, of which it is known what a layer would be like that is written anew: the digest of its tar and the way of
 * compressing are said in the manifest. A layer with the same tar, compressed in the same way, has the same bytes, so it need
 * not be written where it is there.
 */
public final class KnownLayers {
    /** Nothing is known, and what earlier builds on this machine have noted is not believed either. */
    public static final KnownLayers NONE = new KnownLayers(Map.of(), false);
    /** Nothing is known but what earlier builds on this machine have noted. */
    public static final KnownLayers NOTED = new KnownLayers(Map.of(), true);

    private static final String DIFF_ID = "io.github.imagedelivery.ecr.diff-id";
    private static final String COMPRESSION = "io.github.imagedelivery.ecr.compression";

    /** In bytes. What is shorter is sooner written than trusted: the classes of most applications are. */
    private static final long WORTH_TAKING = 1024 * 1024;

    private final Map<String, Descriptor> layers;
    private final boolean believesNotes;

    private KnownLayers(Map<String, Descriptor> layers, boolean believesNotes) {
        this.layers = layers;
        this.believesNotes = believesNotes;
    }

    /** Returns what the manifest of an image says of its layers, beside what is noted; short layers are left out. */
    public static KnownLayers in(Manifest image) {
        Map<String, Descriptor> layers = new TreeMap<>();
        for (Json layer : image.json().get("layers").items()) {
            Json said = layer.get("annotations");
            Optional<String> diffId = said.get(DIFF_ID).text();
            Optional<String> compression = said.get(COMPRESSION).text();
            if (diffId.isPresent() && compression.isPresent()) {
                readable(layer)
                        .filter(read -> read.size() >= WORTH_TAKING)
                        .ifPresent(read -> layers.put(key(diffId.get(), compression.get()), read));
            }
        }
        return new KnownLayers(layers, true);
    }

    private static Optional<Descriptor> readable(Json layer) {
        try {
            return Optional.of(Descriptor.read(layer));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Says of a layer what is read here later on. */
    static Json describe(Descriptor layer, Digest diffId, String encoding) {
        return layer.toJson()
                .with(
                        "annotations",
                        Json.object().with(COMPRESSION, Json.of(encoding)).with(DIFF_ID, Json.of(diffId.toString())));
    }

    boolean isEmpty() {
        return layers.isEmpty();
    }

    boolean believesNotes() {
        return believesNotes;
    }

    /**
     * Returns the layer with this tar in it.
     *
     * @param encoding how it must be compressed
     */
    Optional<Descriptor> find(Digest diffId, String encoding) {
        return Optional.ofNullable(layers.get(key(diffId.toString(), encoding)));
    }

    private static String key(String diffId, String encoding) {
        return diffId + " " + encoding;
    }
}
