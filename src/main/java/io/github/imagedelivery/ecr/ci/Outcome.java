package io.github.imagedelivery.ecr.ci;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the delivery of one image ended, as a CI system is told of it. The texts may come from outside: whoever writes
 * them somewhere makes them safe there.
 *
 * @param module what messages call the module
 * @param result how it ended, for example {@code PUBLISHED}
 * @param image the image; empty where the delivery ended before there was one
 * @param content what it consists of; empty where that was not looked at
 * @param milliseconds time by phase, in the order of the phases
 * @param error lines of the error; none where it went well
 */
public record Outcome(
        String module,
        String result,
        Optional<Image> image,
        Optional<Content> content,
        Map<String, Long> milliseconds,
        List<String> error) {
    /** Copies the collections. */
    public Outcome {
        milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
        error = List.copyOf(error);
    }

    /**
     * What an image is called.
     *
     * @param reference {@code host/repository@digest}
     * @param digest digest of its manifest
     * @param shaTag the revision as a tag
     * @param additionalTags what it is tagged with beside these
     * @param versionTag the version as a tag
     */
    public record Image(
            String reference, String digest, String shaTag, List<String> additionalTags, String versionTag) {
        /** Copies the tags. */
        public Image {
            additionalTags = List.copyOf(additionalTags);
        }

        /** Returns all tags in the order in which they are written. */
        List<String> tags() {
            List<String> tags = new ArrayList<>(List.of(shaTag));
            tags.addAll(additionalTags);
            tags.add(versionTag);
            return tags;
        }
    }

    /**
     * Layers and config of an image, compressed.
     *
     * @param blobs their number
     * @param bytes their size
     * @param reusedBlobs number of those that were not sent
     * @param reusedBytes size of those that were not sent
     */
    public record Content(long blobs, long bytes, long reusedBlobs, long reusedBytes) {}
}
