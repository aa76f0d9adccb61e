package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A base image of so many layers. They are compressed random bytes, not tars: they travel, and nobody unpacks them.
 *
 * @param manifest manifest of the image
 * @param blobs its config and its layers
 */
record SampleBase(Manifest manifest, List<Blob> blobs) {
    /** Makes a base for amd64 whose layers have so many bytes each. */
    static SampleBase make(int layers, int layerBytes) throws IOException, FormatException {
        return make(layers, layerBytes, Platform.LINUX_AMD64);
    }

    /** Makes a base whose layers have so many bytes each, others for each platform. */
    static SampleBase make(int layers, int layerBytes, Platform platform) throws IOException, FormatException {
        List<Blob> blobs = new ArrayList<>();
        List<Json> diffIds = new ArrayList<>();
        Random random = new Random(layers + platform.architecture().hashCode());
        for (int i = 0; i < layers; i++) {
            byte[] content = new byte[layerBytes];
            random.nextBytes(content);
            diffIds.add(Json.of(Digest.of(content).toString()));
            blobs.add(Blob.of(MediaTypes.OCI_LAYER_GZIP, gzip(content)));
        }
        Json descriptors = Json.array(
                blobs.stream().map(blob -> blob.descriptor().toJson()).toList());
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG,
                Json.object()
                        .with("architecture", Json.of(platform.architecture()))
                        .with("os", Json.of(platform.os()))
                        .with("config", Json.object())
                        .with(
                                "rootfs",
                                Json.object().with("type", Json.of("layers")).with("diff_ids", Json.array(diffIds)))
                        .bytes());
        blobs.add(config);
        byte[] manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.descriptor().toJson())
                .with("layers", descriptors)
                .bytes();
        return new SampleBase(Manifest.parse(manifest, MediaTypes.OCI_MANIFEST), List.copyOf(blobs));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }
}
