package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.Set;

/**
 * ECR's schema of manifests, which is stricter than the specification: no image without layers, no unknown platform
 * field.
 */
final class ManifestRules {
    private static final Set<String> PLATFORM = Set.of("architecture", "os", "os.version", "os.features", "variant");

    private ManifestRules() {}

    static void check(Manifest manifest) throws FormatException {
        if (manifest.json().get("schemaVersion").number().orElse(0) != 2) {
            throw new FormatException("schemaVersion is not 2");
        }
        if (manifest.isIndex()) {
            checkIndex(manifest);
        } else if (manifest.config().isEmpty() || manifest.layers().isEmpty()) {
            throw new FormatException("an image needs a config and a layer");
        }
    }

    private static void checkIndex(Manifest index) throws FormatException {
        if (index.entries().isEmpty()) {
            throw new FormatException("an index needs an entry");
        }
        for (Json entry : index.json().get("manifests").items()) {
            if (!PLATFORM.containsAll(entry.get("platform").members().keySet())) {
                throw new FormatException("unknown field in a platform");
            }
        }
    }
}
