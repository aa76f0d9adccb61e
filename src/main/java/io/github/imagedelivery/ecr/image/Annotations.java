package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The names that the image-spec has for what is said about an image (annotations.md), and what is said of a base. */
public final class Annotations {
    /** The revision of the source that the image is made of. */
    public static final String REVISION = "org.opencontainers.image.revision";
    /** URL of the source. */
    public static final String SOURCE = "org.opencontainers.image.source";
    /** When it was made, as RFC 3339 has it. */
    public static final String CREATED = "org.opencontainers.image.created";
    /** What people call the program. */
    public static final String TITLE = "org.opencontainers.image.title";
    /** SPDX license expression. */
    public static final String LICENSES = "org.opencontainers.image.licenses";

    private static final String PREDEFINED = "org.opencontainers.image.";
    private static final String BASE_NAME = PREDEFINED + "base.name";
    private static final String BASE_DIGEST = PREDEFINED + "base.digest";

    private Annotations() {}

    /** Tells whether the name is one of those that the image-spec keeps for itself. */
    public static boolean isPredefined(String name) {
        return name.startsWith(PREDEFINED);
    }

    /**
     * Returns what is said of the base. A path, and a registry on loopback, are the names of nothing outside of this
     * machine, and with {@code scratch} there is no base.
     */
    static Map<String, String> of(BaseImage base) {
        Map<String, String> said = new TreeMap<>();
        base.digest().ifPresent(digest -> said.put(BASE_DIGEST, digest.toString()));
        reference(base.name()).ifPresent(name -> said.put(BASE_NAME, name));
        return said;
    }

    /** Returns the reference by which to look for a later base: without the digest where it has a tag. */
    private static Optional<String> reference(String name) {
        try {
            return Optional.of(Reference.parse(name))
                    .filter(reference -> !Reference.isLoopback(reference.registry()))
                    .map(reference -> reference.unpinned().toString());
        } catch (FormatException noReference) {
            return Optional.empty();
        }
    }

    /** Returns the document with the annotations, sorted; unchanged if there are none. */
    static Json put(Map<String, String> annotations, Json document) {
        Json member = Json.object();
        for (Map.Entry<String, String> annotation : new TreeMap<>(annotations).entrySet()) {
            member = member.with(annotation.getKey(), Json.of(annotation.getValue()));
        }
        return annotations.isEmpty() ? document : document.with("annotations", member);
    }

    /** Returns what all of the manifests say. */
    static Map<String, String> inCommon(List<Manifest> manifests) {
        SortedMap<String, String> common = new TreeMap<>();
        manifests
                .get(0)
                .json()
                .get("annotations")
                .members()
                .forEach((name, value) -> value.text()
                        .filter(text -> manifests.stream().allMatch(manifest -> says(manifest, name, text)))
                        .ifPresent(text -> common.put(name, text)));
        return common;
    }

    private static boolean says(Manifest manifest, String name, String text) {
        return manifest.json().get("annotations").get(name).text().equals(Optional.of(text));
    }
}
