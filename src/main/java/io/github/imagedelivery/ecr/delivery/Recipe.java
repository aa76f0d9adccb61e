package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.image.Annotations;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.ImagePlan;
import io.github.imagedelivery.ecr.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says what an image is to be made of: what the module has, with what is known of its commit.
 *
 * @param base the base image: a reference, {@code scratch}, or a path to an OCI layout or tar
 * @param platforms what the image is to run on; several make an index
 * @param application what goes into it
 * @param container how it is started
 * @param description what is said about it
 * @param compression how the application's layers are compressed
 * @param layerReuse whether a layer that an earlier image has is taken instead of written again
 */
public record Recipe(
        String base,
        List<Platform> platforms,
        Application application,
        ContainerSettings container,
        ImageDescription description,
        Compression compression,
        boolean layerReuse)
        implements Making {
    /** Copies the platforms. */
    public Recipe {
        platforms = List.copyOf(platforms);
    }

    /** Says that layers of earlier images are taken. */
    public Recipe(
            String base,
            List<Platform> platforms,
            Application application,
            ContainerSettings container,
            ImageDescription description,
            Compression compression) {
        this(base, platforms, application, container, description, compression, true);
    }

    /** Returns what is built for these coordinates. */
    ImagePlan plan(Coordinates target) {
        Instant created = description
                .created()
                .or(() -> target.revision().flatMap(Revision::committedAt))
                .orElse(Instant.EPOCH);
        Map<String, String> known = known(target, created);
        Map<String, String> labels = new TreeMap<>(known);
        labels.putAll(description.labels());
        Map<String, String> annotations = new TreeMap<>(known);
        description.labels().forEach((name, value) -> {
            if (Annotations.isPredefined(name)) {
                annotations.put(name, value);
            }
        });
        annotations.putAll(description.annotations());
        return new ImagePlan(application, container, labels, annotations, created).with(compression);
    }

    /** Returns what is said of an image in any case. */
    private Map<String, String> known(Coordinates target, Instant created) {
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
