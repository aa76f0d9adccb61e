package io.github.imagedelivery.ecr.delivery;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a build says about its image, for labels and annotations (image-spec, annotations.md).
 *
 * @param title what people call the program; empty to say nothing
 * @param licenses its license as an SPDX expression; empty where none is certain
 * @param source URL of the source repository from the POM, without credentials; the remote of the working copy beats it
 * @param created configured creation time; empty for the commit's
 * @param labels labels from the configuration
 * @param annotations annotations from the configuration
 */
public record ImageDescription(
        Optional<String> title,
        Optional<String> licenses,
        Optional<String> source,
        Optional<Instant> created,
        Map<String, String> labels,
        Map<String, String> annotations) {
    /** Says nothing. */
    public static final ImageDescription NONE = new ImageDescription(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of());

    /** Copies and sorts the labels and the annotations. */
    public ImageDescription {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }
}
