package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A base image of two small layers in which nothing can run: enough for what travels, not for what starts. */
public final class TinyBase {
    private TinyBase() {}

    /** Puts the image into the registry, and returns its digest. */
    public static Digest seed(LocalEcr ecr, String repository, String tag) throws Exception {
        ecr.createRepository(repository);
        return seed(ecr, repository, tag, "amd64").digest();
    }

    /** Puts an image for two platforms into the registry. */
    static void seedIndex(LocalEcr ecr, String repository, String tag) throws Exception {
        ecr.createRepository(repository);
        Manifest amd64 = seed(ecr, repository, tag + "-amd64", "amd64");
        Manifest arm64 = seed(ecr, repository, tag + "-arm64", "arm64");
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(List.of(entry(amd64, "amd64"), entry(arm64, "arm64"))));
        ecr.seed(repository, tag, Manifest.parse(index.bytes(), MediaTypes.OCI_INDEX), List.of());
    }

    private static Json entry(Manifest manifest, String architecture) {
        return manifest.descriptor()
                .toJson()
                .with(
                        "platform",
                        Json.object().with("os", Json.of("linux")).with("architecture", Json.of(architecture)));
    }

    private static Manifest seed(LocalEcr ecr, String repository, String tag, String architecture) throws Exception {
        byte[] first = tar("lower");
        byte[] second = tar("upper");
        Blob lower = Blob.of(MediaTypes.OCI_LAYER_GZIP, gzip(first));
        Blob upper = Blob.of(MediaTypes.OCI_LAYER_GZIP, gzip(second));
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG,
                Json.object()
                        .with("architecture", Json.of(architecture))
                        .with("os", Json.of("linux"))
                        .with("config", Json.object().with("Env", Json.texts(List.of("PATH=/usr/bin"))))
                        .with(
                                "rootfs",
                                Json.object()
                                        .with("type", Json.of("layers"))
                                        .with(
                                                "diff_ids",
                                                Json.texts(List.of(
                                                        Digest.of(first).toString(),
                                                        Digest.of(second).toString()))))
                        .bytes());
        Manifest manifest = Manifest.parse(
                Json.object()
                        .with("schemaVersion", Json.of(2))
                        .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                        .with("config", config.descriptor().toJson())
                        .with(
                                "layers",
                                Json.array(List.of(
                                        lower.descriptor().toJson(),
                                        upper.descriptor().toJson())))
                        .bytes(),
                MediaTypes.OCI_MANIFEST);
        ecr.seed(repository, tag, manifest, List.of(config, lower, upper));
        return manifest;
    }

    /** A tar with one empty file: a 512-byte header in ustar form, and two blocks of zeroes. */
    private static byte[] tar(String name) {
        byte[] tar = new byte[3 * 512];
        put(tar, 0, name);
        put(tar, 100, "0000644");
        put(tar, 108, "0000000");
        put(tar, 116, "0000000");
        put(tar, 124, "00000000000");
        put(tar, 136, "00000000000");
        put(tar, 148, "        ");
        put(tar, 156, "0");
        put(tar, 257, "ustar");
        put(tar, 263, "00");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i];
        }
        put(tar, 148, String.format(Locale.ROOT, "%06o", sum) + "\0 ");
        return tar;
    }

    private static void put(byte[] tar, int offset, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, tar, offset, bytes.length);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }
}
