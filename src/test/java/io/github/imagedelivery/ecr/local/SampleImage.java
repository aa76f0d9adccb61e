package io.github.imagedelivery.ecr.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A small image with one layer, different for each word that it is made of. */
record SampleImage(Manifest manifest, Blob config, Blob layer) {
    static SampleImage of(String word) {
        byte[] tar = (word + " layer").getBytes(UTF_8);
        Json json = Json.object()
                .with("architecture", Json.of("amd64"))
                .with("os", Json.of("linux"))
                .with("config", Json.object().with("User", Json.of(word)))
                .with(
                        "rootfs",
                        Json.object()
                                .with("type", Json.of("layers"))
                                .with(
                                        "diff_ids",
                                        Json.texts(List.of(Digest.of(tar).toString()))));
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, json.bytes());
        Blob layer = Blob.of(MediaTypes.OCI_LAYER_GZIP, gzipped(tar));
        return new SampleImage(manifest(config, List.of(layer)), config, layer);
    }

    private static byte[] gzipped(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return compressed.toByteArray();
    }

    static Manifest manifest(Blob config, List<Blob> layers) {
        return parsed(Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.descriptor().toJson())
                .with(
                        "layers",
                        Json.array(layers.stream()
                                .map(layer -> layer.descriptor().toJson())
                                .toList())));
    }

    static Manifest index(Manifest... children) {
        return parsed(Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with(
                        "manifests",
                        Json.array(List.of(children).stream()
                                .map(child -> child.descriptor().toJson())
                                .toList())));
    }

    static Manifest parsed(Json json) {
        try {
            return Manifest.parse(json.bytes(), "");
        } catch (FormatException e) {
            throw new AssertionError(e);
        }
    }

    List<Blob> blobs() {
        return List.of(config, layer);
    }

    Digest digest() {
        return manifest.digest();
    }

    Json json() {
        return Json.of(new String(manifest.bytes(), UTF_8));
    }
}
