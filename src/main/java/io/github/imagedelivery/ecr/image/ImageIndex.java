package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an index over images of several platforms, annotated with what all of them say (image-spec, image-index.md). */
final class ImageIndex {
    private ImageIndex() {}

    /**
     * Returns the index.
     *
     * @param platforms what each image is called there; the system's version and features are those of its config
     */
    static Manifest of(List<BuiltImage> images, List<Platform> platforms) throws IOException, FormatException {
        List<Json> entries = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            BuiltImage image = images.get(i);
            entries.add(image.manifest().descriptor().toJson().with("platform", platform(image, platforms.get(i))));
        }
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(entries));
        Map<String, String> annotations =
                Annotations.inCommon(images.stream().map(BuiltImage::manifest).toList());
        return Manifest.parse(Annotations.put(annotations, index).bytes(), MediaTypes.OCI_INDEX);
    }

    private static Json platform(BuiltImage image, Platform named) throws IOException, FormatException {
        Json config;
        try (InputStream in = image.config().open()) {
            config = Json.parse(in.readAllBytes());
        }
        Platform own = Platform.read(config);
        Json platform =
                Json.object().with("architecture", Json.of(own.architecture())).with("os", Json.of(own.os()));
        for (String field : List.of("os.version", "os.features")) {
            if (!config.get(field).isMissing()) {
                platform = platform.with(field, config.get(field));
            }
        }
        // Many configs leave out the variant that their index names.
        String variant = own.variant().isEmpty() ? named.variant() : own.variant();
        return variant.isEmpty() ? platform : platform.with("variant", Json.of(variant));
    }
}
