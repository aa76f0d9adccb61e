package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;

/**
 * How much of the base's config an image takes over.
 *
 * @param imageFields fields of the config itself that are copied
 * @param containerFields fields of its {@code config} object that are copied
 */
record Inheritance(List<String> imageFields, List<String> containerFields) {
    /** What Jib takes over, byte for byte; proves the composition against Jib's own. */
    static final Inheritance AS_JIB = new Inheritance(List.of(), List.of());

    /** Also what Jib drops although the image is wrong without it: a stop signal, a health check, a variant. */
    static final Inheritance FULL = new Inheritance(
            List.of("variant", "os.version", "os.features", "author"), List.of("StopSignal", "Shell", "Healthcheck"));

    /** Returns the config with the base's fields put behind its own. */
    Json inherit(Json config, Json base) {
        Json container = copy(containerFields, base.get("config"), config.get("config"));
        return copy(imageFields, base, config.with("config", container));
    }

    private static Json copy(List<String> fields, Json from, Json to) {
        Json result = to;
        for (String field : fields) {
            Json value = from.get(field);
            if (!value.isMissing() && to.get(field).isMissing()) {
                result = result.with(field, value);
            }
        }
        return result;
    }
}
