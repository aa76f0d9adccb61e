package io.github.imagedelivery.ecr.image;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that decides the bytes of an image, but for its base. The same plan on the same base gives the same digest.
 *
 * @param application what runs
 * @param container how it is started
 * @param labels labels on top of the base's; sorted, so that their order cannot change the digest
 * @param created creation time written into the config; never the time of the build
 * @param compression how the application's layers are compressed
 */
public record ImagePlan(
        Application application,
        ContainerSettings container,
        Map<String, String> labels,
        Instant created,
        Compression compression) {
    /** Copies and sorts the labels. */
    public ImagePlan {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Creates a plan of layers that are compressed with gzip. */
    public ImagePlan(
            Application application, ContainerSettings container, Map<String, String> labels, Instant created) {
        this(application, container, labels, created, Compression.GZIP);
    }
}
