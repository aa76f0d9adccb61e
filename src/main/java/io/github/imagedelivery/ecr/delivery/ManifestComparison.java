package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.FieldChange.Value;
import io.github.imagedelivery.ecr.image.SecretFinding;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds in what two manifests, or two indexes, differ beside the content that they name: annotations, media types, members
 * that are not known here (image-spec, manifest.md and image-index.md).
 */
final class ManifestComparison {
    private static final String ANNOTATIONS = "annotations";

    private ManifestComparison() {}

    /** Returns the fields that differ. */
    static List<FieldChange> between(Manifest before, Manifest now) {
        return FieldChange.between(fields(before, now), fields(now, before));
    }

    /**
     * Returns the fields of one. Of a layer, and of an entry of an index, only where the other has the layer or the platform,
     * too: else that is told as such.
     */
    private static Map<String, Value> fields(Manifest manifest, Manifest other) {
        Map<String, Value> fields = new TreeMap<>();
        Json json = manifest.json();
        add(fields, "", json.without("config").without("layers").without("manifests"));
        add(fields, "config ", described(json.get("config")));
        List<Json> layers = json.get("layers").items();
        for (int i = 0; i < layers.size(); i++) {
            if (i < other.layers().size()
                    && other.layers()
                            .get(i)
                            .digest()
                            .equals(manifest.layers().get(i).digest())) {
                add(fields, "layer " + (i + 1) + " ", described(layers.get(i)));
            }
        }
        List<Platform> common = platforms(other);
        for (Json entry : json.get("manifests").items()) {
            Platform platform = Platform.read(entry.get("platform"));
            if (common.contains(platform)) {
                add(fields, platform + " ", described(entry).without("platform"));
            }
        }
        return fields;
    }

    private static List<Platform> platforms(Manifest index) {
        return index.entries().stream().map(Manifest.IndexEntry::platform).toList();
    }

    /** Returns a descriptor without what says which content it is. */
    private static Json described(Json descriptor) {
        return descriptor.without("digest").without("size");
    }

    private static void add(Map<String, Value> fields, String prefix, Json object) {
        object.without(ANNOTATIONS).members().forEach((name, value) -> fields.put(prefix + name, Value.of(value)));
        object.get(ANNOTATIONS)
                .members()
                .forEach((name, value) -> fields.put(
                        prefix + "annotation " + name,
                        new Value(value.toString(), SecretFinding.isSecret(name, value))));
    }
}
