package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The base images, as large as a Java runtime each.
 *
 * @param usual for one platform
 * @param other for another one
 */
record Bases(SampleBase usual, SampleBase other) {
    /** The tag of the usual one. */
    static final String ONE = "17";

    /** The tag of an index over both. */
    static final String BOTH = "17-index";

    private static final int LAYERS = 4;
    private static final int LAYER_BYTES = 10_000_000;
    private static final List<Platform> PLATFORMS =
            List.of(Platform.LINUX_AMD64, new Platform("linux", "arm64", ""));

    static Bases make() throws IOException, FormatException {
        return new Bases(
                SampleBase.make(LAYERS, LAYER_BYTES, PLATFORMS.get(0)),
                SampleBase.make(LAYERS, LAYER_BYTES, PLATFORMS.get(1)));
    }

    /** Returns everything, by the names that a registry has it under. */
    Map<String, Blob> content() {
        Map<String, Blob> content = new LinkedHashMap<>();
        for (SampleBase base : List.of(usual, other)) {
            base.blobs().forEach(blob -> put(content, blob));
            put(content, Blob.of(base.manifest().mediaType(), base.manifest().bytes()));
        }
        content.put(ONE, content.get(usual.manifest().digest().toString()));
        content.put(BOTH, index());
        put(content, index());
        return content;
    }

    private static void put(Map<String, Blob> content, Blob blob) {
        content.put(blob.descriptor().digest().toString(), blob);
    }

    private Blob index() {
        return Blob.of(
                MediaTypes.OCI_INDEX,
                Json.object()
                        .with("schemaVersion", Json.of(2))
                        .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                        .with(
                                "manifests",
                                Json.array(List.of(
                                        entry(usual.manifest(), PLATFORMS.get(0)),
                                        entry(other.manifest(), PLATFORMS.get(1)))))
                        .bytes());
    }

    private static Json entry(Manifest manifest, Platform platform) {
        return manifest.descriptor()
                .toJson()
                .with(
                        "platform",
                        Json.object()
                                .with("os", Json.of(platform.os()))
                                .with("architecture", Json.of(platform.architecture())));
    }
}
