package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Looks into built images. */
final class TestImages {
    private TestImages() {}

    static ImageBuilder builder(Path cache) {
        return ImageBuilder.jib(cache, "1.0");
    }

    static Json config(BuiltImage image) throws IOException, FormatException {
        return Json.parse(bytes(image.config()));
    }

    static byte[] bytes(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }

    static List<String> layerNames(BuiltImage image) {
        return image.layers().stream().map(BuiltImage.Layer::name).toList();
    }

    static Map<String, String> digestsByLayer(BuiltImage image) {
        Map<String, String> digests = new LinkedHashMap<>();
        image.layers()
                .forEach(layer -> digests.put(
                        layer.name(), layer.blob().descriptor().digest().toString()));
        return digests;
    }

    /** Returns the regular files of the layers above the base, by path. */
    static Map<String, String> files(BuiltImage image) throws IOException, FormatException {
        Map<String, String> files = new TreeMap<>();
        for (BuiltImage.Layer layer : image.layers()) {
            if (!layer.fromBase()) {
                byte[] tar = plainTar(layer.blob());
                for (Map.Entry<String, Content> file :
                        TarFiles.in(content(tar)).all().entrySet()) {
                    byte[] bytes = file.getValue().read(0, (int) file.getValue().size());
                    files.put(file.getKey(), new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    static byte[] plainTar(Blob gzipped) throws IOException {
        try (InputStream in = new GZIPInputStream(gzipped.open())) {
            return in.readAllBytes();
        }
    }

    static Content content(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset, long length) {
                return new ByteArrayInputStream(bytes, (int) offset, (int) length);
            }
        };
    }

    /** Returns the image as the files of an OCI layout under a tag. */
    static Map<String, byte[]> layout(BuiltImage image, String tag) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (BuiltImage.Layer layer : image.layers()) {
            TestBase.add(files, layer.blob().descriptor().mediaType(), bytes(layer.blob()));
        }
        TestBase.add(files, "", bytes(image.config()));
        Descriptor manifest = TestBase.add(
                files, image.manifest().mediaType(), image.manifest().bytes());
        Json name = Json.object().with("org.opencontainers.image.ref.name", Json.of(tag));
        files.put("index.json", TestBase.index(List.of(manifest.toJson().with("annotations", name))));
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
