package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.TagPlaceholder.Facts;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The additional tags of an image, made from their templates.
 *
 * @param tags the tags, none twice and none that the image has anyway
 * @param leftOut the templates that are for releases only, where the version is none
 */
record AdditionalTags(List<AdditionalTag> tags, List<String> leftOut) {
    /** So many tags are read in one request together with the two others, whatever their manifests. */
    private static final int MOST = 20;

    /** Copies the lists. */
    AdditionalTags {
        tags = List.copyOf(tags);
        leftOut = List.copyOf(leftOut);
    }

    /** Reads the templates, and tells of all that cannot be read. */
    static List<TagTemplate> templates(List<String> texts) throws DeliveryException {
        List<DeliveryException> problems = new ArrayList<>();
        List<TagTemplate> templates = new ArrayList<>();
        if (texts.size() > MOST) {
            problems.add(DeliveryException.ofUser(
                    "There are too many additional tags",
                    "ecr.additionalTags has " + texts.size() + " elements; " + MOST + " are the most",
                    "leave some out"));
        }
        for (String text : texts) {
            try {
                CoordinateResolver.settled("ecr.additionalTags", text);
                templates.add(TagTemplate.parse(text));
            } catch (DeliveryException e) {
                problems.add(e);
            }
        }
        requireNone(problems);
        return templates;
    }

    /**
     * Fills the templates, and tells of all that cannot be filled.
     *
     * @param suffix what every tag of a dirty working copy ends in
     * @param others the SHA tag and the version tag
     */
    static AdditionalTags of(List<TagTemplate> templates, Facts facts, String suffix, List<Tag> others)
            throws DeliveryException {
        List<DeliveryException> problems = new ArrayList<>();
        Map<Tag, AdditionalTag> tags = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (TagTemplate template : templates) {
            if (template.isForReleasesOnly() && facts.isPreRelease()) {
                leftOut.add(template.text());
                continue;
            }
            try {
                AdditionalTag tag = template.tag(facts, suffix);
                tags.merge(tag.tag(), tag, (first, second) -> first.moves() ? second : first);
            } catch (DeliveryException e) {
                problems.add(e);
            }
        }
        requireNone(problems);
        others.forEach(tags::remove);
        return new AdditionalTags(List.copyOf(tags.values()), leftOut);
    }

    private static void requireNone(List<DeliveryException> problems) throws DeliveryException {
        if (!problems.isEmpty()) {
            throw DeliveryException.ofAll(problems);
        }
    }
}
