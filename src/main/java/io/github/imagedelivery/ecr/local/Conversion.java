package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * ECR's conversion between Docker's schema 2 and OCI, for who asks by tag and does not accept what is stored. The
 * digest changes with it; an index is never converted.
 */
final class Conversion {
    private static final Map<String, String> TO_OCI = Map.of(
            MediaTypes.DOCKER_MANIFEST, MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_CONFIG, MediaTypes.OCI_CONFIG,
            MediaTypes.DOCKER_LAYER_GZIP, MediaTypes.OCI_LAYER_GZIP);
    private static final Map<String, String> TO_DOCKER = Map.of(
            MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST,
            MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG,
            MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP);

    private Conversion() {}

    /** Returns the stored manifest, or its other form where that one alone is accepted. */
    static Manifest toAccepted(Manifest stored, Collection<String> accepted) {
        Map<String, String> types = stored.mediaType().equals(MediaTypes.DOCKER_MANIFEST) ? TO_OCI : TO_DOCKER;
        String other = types.get(stored.mediaType());
        if (accepted.contains(stored.mediaType()) || other == null || !accepted.contains(other)) {
            return stored;
        }
        List<Json> layers = stored.json().get("layers").items().stream()
                .map(layer -> converted(layer, types))
                .toList();
        Json json = converted(stored.json().with("mediaType", Json.of(stored.mediaType())), types)
                .with("config", converted(stored.json().get("config"), types))
                .with("layers", Json.array(layers));
        try {
            return Manifest.parse(json.bytes(), other);
        } catch (FormatException e) {
            throw new IllegalStateException("what was read before can be read in its other form", e);
        }
    }

    private static Json converted(Json json, Map<String, String> types) {
        String type = json.get("mediaType").text().orElse("");
        return json.with("mediaType", Json.of(types.getOrDefault(type, type)));
    }
}
