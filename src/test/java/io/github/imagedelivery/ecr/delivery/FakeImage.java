package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.image.ImageSet;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.stream.Stream;

/** An image of words instead of layers; the first layer is one of the base. */
record FakeImage(Manifest manifest, Blob config, List<Layer> layers) implements BuiltImage {
    static FakeImage of(String... words) throws FormatException {
        List<Layer> layers = Stream.of(words)
                .map(word -> new Layer(
                        word, word.equals(words[0]), Blob.of(MediaTypes.OCI_LAYER_GZIP, word.getBytes(UTF_8))))
                .toList();
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Json json = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", config.descriptor().toJson())
                .with(
                        "layers",
                        Json.array(layers.stream()
                                .map(layer -> layer.blob().descriptor().toJson())
                                .toList()));
        return new FakeImage(Manifest.parse(json.bytes(), ""), config, layers);
    }

    /** Returns an index over images. */
    static ImageSet index(FakeImage... images) throws FormatException {
        Json json = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with(
                        "manifests",
                        Json.array(Stream.of(images)
                                .map(image -> image.manifest().descriptor().toJson())
                                .toList()));
        return new ImageSet(Manifest.parse(json.bytes(), ""), List.of(images));
    }

    @Override
    public Platform platform() {
        return Platform.LINUX_AMD64;
    }

    @Override
    public void close() {}
}
