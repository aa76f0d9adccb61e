package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.image.Application;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.ImagePlan;
import io.github.imagedelivery.ecr.oci.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what an image is to be made of: what the module has, with the labels and the time of its commit.
 *
 * @param base the base image: a reference, {@code scratch}, or a path to an OCI layout or tar
 * @param platforms what the image is to run on; several make an index
 * @param application what goes into it
 * @param container how it is started
 * @param labels labels from the configuration
 * @param created configured creation time; empty for the commit's
 * @param source URL of the source repository from the POM, without credentials; the remote of the working copy beats it
 */
public record Recipe(
        String base,
        List<Platform> platforms,
        Application application,
        ContainerSettings container,
        Map<String, String> labels,
        Optional<Instant> created,
        Optional<String> source)
        implements Making {
    /** Copies the platforms and the labels. */
    public Recipe {
        platforms = List.copyOf(platforms);
        labels = Map.copyOf(labels);
    }

    /** Returns what is built for these coordinates. */
    ImagePlan plan(Coordinates target) {
        Map<String, String> all = new TreeMap<>();
        // Never the version: one commit is built for its merge and for its release, and must give one digest.
        all.put("org.opencontainers.image.revision", target.shaTag().value().value());
        // The clone knows where it comes from; an <url> may be inherited from another project.
        target.revision()
                .flatMap(Revision::remote)
                .or(() -> source)
                .ifPresent(url -> all.put("org.opencontainers.image.source", url));
        all.putAll(labels);
        Instant time = created.or(() -> target.revision().flatMap(Revision::committedAt))
                .orElse(Instant.EPOCH);
        return new ImagePlan(application, container, all, time);
    }
}
