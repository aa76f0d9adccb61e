package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes an image to disk, all of its base's layers included. The same image gives the same bytes, and a target is there
 * as a whole or not at all.
 */
public final class ImageOutput {
    private final ImageSet images;
    private final LayerSource source;

    /** Says where the bytes of a layer come from. */
    public interface LayerSource {
        /** Returns the blob to read. */
        Blob of(Layer layer);
    }

    /** Creates the output of an image. */
    public ImageOutput(ImageSet images, LayerSource source) {
        this.images = images;
        this.source = source;
    }

    /**
     * What the image is called on disk.
     *
     * @param repository its name without a tag, {@code orders} or {@code host/shop/orders}
     * @param tags its tags; a layout names these alone
     */
    public record Names(String repository, List<Tag> tags) {
        /** Copies the tags. */
        public Names {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Writes the image; what was at the target is replaced.
     *
     * @throws ImageException if the format cannot hold the image
     * @throws IOException if it cannot be read or written; the target is as it was then
     */
    public void write(OutputFormat format, Path target, Names names) throws ImageException, IOException {
        if (format == OutputFormat.DOCKER_ARCHIVE && images.root().isIndex()) {
            throw severalPlatforms();
        }
        try (OutputFiles files =
                format == OutputFormat.LAYOUT ? OutputFiles.directory(target) : OutputFiles.tar(target)) {
            if (format == OutputFormat.DOCKER_ARCHIVE) {
                dockerArchive(files, names);
            } else {
                layout(files, names.tags());
            }
            files.finish();
        }
    }

    private ImageException severalPlatforms() {
        return new ImageException(
                "A docker-archive holds one image; nothing was written",
                "this is an index of images for "
                        + images.images().stream()
                                .map(image -> image.platform().toString())
                                .collect(Collectors.joining(", ")),
                "set ecr.output to layout or oci-archive, or build for one platform");
    }

    private void layout(OutputFiles files, List<Tag> tags) throws IOException {
        files.add(
                "oci-layout",
                Json.object().with("imageLayoutVersion", Json.of("1.0.0")).bytes());
        Set<Digest> written = new HashSet<>();
        for (BuiltImage image : images.images()) {
            for (Layer layer : image.layers()) {
                blob(files, source.of(layer), written);
            }
            blob(files, image.config(), written);
            blob(files, document(image.manifest()), written);
        }
        blob(files, document(images.root()), written);
        files.add("index.json", index(tags).bytes());
    }

    private static Blob document(Manifest manifest) {
        return Blob.of(manifest.mediaType(), manifest.bytes());
    }

    private static void blob(OutputFiles files, Blob blob, Set<Digest> written) throws IOException {
        Digest digest = blob.descriptor().digest();
        if (written.add(digest)) {
            files.add("blobs/" + digest.algorithm() + "/" + digest.encoded(), blob);
        }
    }

    /** Names the image once for each tag, as tools that read a layout look for them. */
    private Json index(List<Tag> tags) {
        Json entry = images.root().descriptor().toJson();
        List<Json> entries = new ArrayList<>();
        for (Tag tag : tags) {
            entries.add(entry.with(
                    "annotations", Json.object().with("org.opencontainers.image.ref.name", Json.of(tag.value()))));
        }
        return Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(entries));
    }

    private void dockerArchive(OutputFiles files, Names names) throws IOException {
        BuiltImage image = images.first();
        Set<Digest> written = new HashSet<>();
        List<String> layers = new ArrayList<>();
        for (Layer layer : image.layers()) {
            Blob readable = PlainLayer.ofZstd(source.of(layer));
            Digest digest = readable.descriptor().digest();
            String name = digest.encoded() + ".tar";
            if (written.add(digest)) {
                files.add(name, readable);
            }
            layers.add(name);
        }
        String config = image.config().descriptor().digest().encoded() + ".json";
        files.add(config, image.config());
        List<String> called = names.tags().stream()
                .map(tag -> names.repository() + ":" + tag.value())
                .toList();
        Json entry = Json.object()
                .with("Config", Json.of(config))
                .with("RepoTags", Json.texts(called))
                .with("Layers", Json.texts(layers));
        files.add("manifest.json", Json.array(List.of(entry)).bytes());
    }
}
