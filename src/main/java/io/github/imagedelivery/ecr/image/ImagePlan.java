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
 * @param annotations annotations of the manifest; sorted as well
 * @param created creation time written into the config; never the time of the build
 * @param compression how the application's layers are compressed
 */
public record ImagePlan(
        Application application,
        ContainerSettings container,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant created,
        Compression compression) {
    /** Copies and sorts the labels and the annotations. */
    public ImagePlan {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    /** Creates a plan of layers that are compressed with gzip. */
    public ImagePlan(
            Application application,
            ContainerSettings container,
            Map<String, String> labels,
            Map<String, String> annotations,
            Instant created) {
        this(application, container, labels, annotations, created, Compression.GZIP);
    }

    /** Creates such a plan without annotations. */
    public ImagePlan(
            Application application, ContainerSettings container, Map<String, String> labels, Instant created) {
        this(application, container, labels, Map.of(), created);
    }

    /** Returns the plan with layers that are compressed otherwise. */
    public ImagePlan with(Compression other) {
        return new ImagePlan(application, container, labels, annotations, created, other);
    }

    /** Returns the plan for an image that says which base it is on, unless the plan says something else of it. */
    ImagePlan on(BaseImage base) {
        Map<String, String> said = Annotations.of(base);
        return new ImagePlan(application, container, over(said, labels), over(said, annotations), created, compression);
    }

    private static Map<String, String> over(Map<String, String> below, Map<String, String> above) {
        Map<String, String> all = new TreeMap<>(below);
        all.putAll(above);
        return all;
    }
}
