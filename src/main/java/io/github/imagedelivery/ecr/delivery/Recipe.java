package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.image.Annotations;
import io.github.imagedelivery.ecr.image.ImagePlan;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Says what an image is to be made of: what the module has, with what is known of its commit. */
final class Recipe {
    private Recipe() {}

    static ImagePlan of(Module module, Coordinates target) {
        ImageDescription description = module.description();
        Instant created = description
                .created()
                .or(() -> target.revision().flatMap(Revision::committedAt))
                .orElse(Instant.EPOCH);
        Map<String, String> known = known(description, target, created);
        Map<String, String> labels = new TreeMap<>(known);
        labels.putAll(description.labels());
        Map<String, String> annotations = new TreeMap<>(known);
        description.labels().forEach((name, value) -> {
            if (Annotations.isPredefined(name)) {
                annotations.put(name, value);
            }
        });
        annotations.putAll(description.annotations());
        return new ImagePlan(module.application(), module.container(), labels, annotations, created)
                .with(module.compression());
    }

    /** Returns what is said of an image in any case. */
    private static Map<String, String> known(ImageDescription description, Coordinates target, Instant created) {
        Map<String, String> known = new TreeMap<>();
        // Never the version: one commit is built for its merge and for its release, and must give one digest.
        known.put(Annotations.REVISION, target.shaTag().value().value());
        known.put(Annotations.CREATED, created.toString());
        // The clone knows where it comes from; an <url> may be inherited from another project.
        target.revision()
                .flatMap(Revision::remote)
                .or(description::source)
                .ifPresent(source -> known.put(Annotations.SOURCE, source));
        description.title().ifPresent(title -> known.put(Annotations.TITLE, title));
        description.licenses().ifPresent(licenses -> known.put(Annotations.LICENSES, licenses));
        return known;
    }
}
