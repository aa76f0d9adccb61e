package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;

/**
 * How much of the base's config an image takes over.
 *
 * @param imageFields fields of the config itself that are copied
 * @param containerFields fields of its {@code config} object that are copied
 * @param describes whether the image says itself which base it is on, in place of what the base says about itself
 */
record Inheritance(List<String> imageFields, List<String> containerFields, boolean describes) {
    /** What Jib takes over, byte for byte; proves the composition against Jib's own. */
    static final Inheritance AS_JIB = new Inheritance(List.of(), List.of(), false);

    /** Also what Jib drops although the image is wrong without it: a stop signal, a health check, a variant. */
    static final Inheritance FULL = new Inheritance(
            List.of("variant", "os.version", "os.features", "author"),
            List.of("StopSignal", "Shell", "Healthcheck"),
            true);

    /** Returns the base without what it says about itself alone, such as its version or its source. */
    BaseImage base(BaseImage base) {
        Json container = base.config().get("config");
        if (!describes || container.get("Labels").isMissing()) {
            return base;
        }
        Json labels = container.get("Labels");
        for (String name : labels.members().keySet()) {
            labels = Annotations.isPredefined(name) ? labels.without(name) : labels;
        }
        Json config = base.config().with("config", container.with("Labels", labels));
        return new BaseImage(base.name(), base.digest(), config, base.layers());
    }

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
