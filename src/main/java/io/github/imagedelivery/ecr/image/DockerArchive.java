package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The format of {@code docker save}: a {@code manifest.json} that names config and layers, and no digest at all. So the
 * digests of the layers are computed; an uncompressed layer must have the digest that the config gives it.
 *
 * @param name what the user calls it
 * @param files the archive's files
 */
record DockerArchive(String name, ImageFiles files) {
    static final String MANIFEST = "manifest.json";

    /** Returns every image in it, whatever it runs on. */
    List<BaseImage> images() throws IOException, FormatException {
        List<BaseImage> images = new ArrayList<>();
        Map<String, VerifiedBlob> known = new HashMap<>();
        for (Json image : entries()) {
            images.add(image(image, known));
        }
        return images;
    }

    /** Returns what {@code manifest.json} says of each image. */
    List<Json> entries() throws IOException, FormatException {
        List<Json> entries =
                Json.parse(files.document(MANIFEST, Manifest.MAX_BYTES)).items();
        if (entries.size() > OciLayout.MAX_IMAGES) {
            throw new FormatException("more than " + OciLayout.MAX_IMAGES + " images in it");
        }
        return entries;
    }

    /** Reads the config of an entry as it is written. */
    byte[] config(Json entry) throws IOException, FormatException {
        String name = entry.get("Config").text().orElseThrow(() -> new FormatException(MANIFEST + " names no config"));
        return files.document(name, Manifest.MAX_BYTES);
    }

    /** Reads the image of an entry. */
    BaseImage image(Json image) throws IOException, FormatException {
        return image(image, new HashMap<>());
    }

    private BaseImage image(Json image, Map<String, VerifiedBlob> known) throws IOException, FormatException {
        Json config = Json.parse(config(image));
        List<Json> diffIds = config.get("rootfs").get("diff_ids").items();
        List<Json> names = image.get("Layers").items();
        if (names.size() != diffIds.size()) {
            throw new FormatException(MANIFEST + " names " + names.size() + " layers, the config " + diffIds.size());
        }
        List<Blob> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            VerifiedBlob layer = layer(names.get(i).text().orElse(""), known);
            requireDiffId(layer, diffIds.get(i).text().orElse(""));
            layers.add(layer);
        }
        return new BaseImage(name, Optional.empty(), config, layers);
    }

    /** Returns the layer; a file that is named again and again is read once. */
    private VerifiedBlob layer(String file, Map<String, VerifiedBlob> known) throws IOException, FormatException {
        VerifiedBlob found = known.get(file);
        if (found == null) {
            Content content = files.file(file)
                    .orElseThrow(() -> new FormatException("the layer " + Texts.shown(file) + " is not in it"));
            found = VerifiedBlob.hash(LayerTypes.detect(content), content);
            known.put(file, found);
        }
        return found;
    }

    private static void requireDiffId(VerifiedBlob layer, String diffId) throws FormatException {
        boolean isPlain = layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER);
        if (isPlain && !layer.descriptor().digest().equals(Digest.parse(diffId))) {
            throw new FormatException(
                    "the content of the layer " + layer.descriptor().digest() + " is not " + diffId);
        }
    }
}
