package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A base image of four layers, as large as a Java runtime's. Its layers are random bytes, not tars: they travel, and
 * nobody unpacks them.
 *
 * @param manifest manifest of the image
 * @param blobs its config and its layers
 */
record SampleBase(Manifest manifest, List<Blob> blobs) {
    private static final int LAYERS = 4;
    private static final int LAYER_BYTES = 10_000_000;

    static SampleBase make() throws FormatException {
        List<Blob> blobs = new ArrayList<>();
        Random random = new Random(LAYERS);
        for (int i = 0; i < LAYERS; i++) {
            byte[] content = new byte[LAYER_BYTES];
            random.nextBytes(content);
            blobs.add(Blob.of(MediaTypes.OCI_LAYER_GZIP, content));
        }
        Json digests = Json.texts(blobs.stream()
                .map(blob -> blob.descriptor().digest())
                .map(Digest::toString)
                .toList());
        Json layers = Json.array(
                blobs.stream().map(blob -> blob.descriptor().toJson()).toList());
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG,
                Json.object()
                        .with("architecture", Json.of("amd64"))
                        .with("os", Json.of("linux"))
                        .with("config", Json.object())
                        .with("rootfs", Json.object().with("type", Json.of("layers")).with("diff_ids", digests))
                        .bytes());
        blobs.add(config);
        byte[] manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.descriptor().toJson())
                .with("layers", layers)
                .bytes();
        return new SampleBase(Manifest.parse(manifest, MediaTypes.OCI_MANIFEST), List.copyOf(blobs));
    }
}
