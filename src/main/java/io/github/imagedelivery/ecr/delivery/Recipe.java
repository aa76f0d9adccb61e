package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.image.ImagePlan;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Says what an image is to be made of: what the module has, with the labels and the time of its commit. */
final class Recipe {
    private Recipe() {}

    static ImagePlan of(Module module, Coordinates target) {
        Map<String, String> labels = new TreeMap<>();
        // Never the version: one commit is built for its merge and for its release, and must give one digest.
        labels.put("org.opencontainers.image.revision", target.shaTag().value().value());
        // The clone knows where it comes from; an <url> may be inherited from another project.
        target.revision()
                .flatMap(Revision::remote)
                .or(module::source)
                .ifPresent(source -> labels.put("org.opencontainers.image.source", source));
        labels.putAll(module.labels());
        Instant created = module.created()
                .or(() -> target.revision().flatMap(Revision::committedAt))
                .orElse(Instant.EPOCH);
        return new ImagePlan(module.application(), module.container(), labels, created, module.compression());
    }
}
