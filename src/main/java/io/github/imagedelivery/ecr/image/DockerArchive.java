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
import java.util.List;
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
        for (Json image :
                Json.parse(files.document(MANIFEST, Manifest.MAX_BYTES)).items()) {
            images.add(image(image));
        }
        return images;
    }

    private BaseImage image(Json image) throws IOException, FormatException {
        String configName =
                image.get("Config").text().orElseThrow(() -> new FormatException(MANIFEST + " names no config"));
        Json config = Json.parse(files.document(configName, Manifest.MAX_BYTES));
        List<Json> diffIds = config.get("rootfs").get("diff_ids").items();
        List<Json> names = image.get("Layers").items();
        if (names.size() != diffIds.size()) {
            throw new FormatException(MANIFEST + " names " + names.size() + " layers, the config " + diffIds.size());
        }
        List<Blob> layers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            layers.add(
                    layer(names.get(i).text().orElse(""), diffIds.get(i).text().orElse("")));
        }
        return new BaseImage(name, Optional.empty(), config, layers);
    }

    private Blob layer(String file, String diffId) throws IOException, FormatException {
        Content content = files.file(file)
                .orElseThrow(() -> new FormatException("the layer " + Texts.shown(file) + " is not in it"));
        VerifiedBlob layer = VerifiedBlob.hash(LayerTypes.detect(content), content);
        boolean isPlain = layer.descriptor().mediaType().equals(MediaTypes.OCI_LAYER);
        if (isPlain && !layer.descriptor().digest().equals(Digest.parse(diffId))) {
            throw new FormatException("the content of the layer " + Texts.shown(file) + " is not " + diffId);
        }
        return layer;
    }
}
