package io.github.imagedelivery.ecr.delivery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a delivery has come, as {@code push.json} says it. */
public enum Phase {
    /** Content is being brought into the repository by digest; no tag has been touched. */
    STAGE,
    /** All content is there, and its tags wait for the rest of the build or for another goal. */
    STAGED,
    /** The SHA tag is being written. */
    PUBLISH_SHA,
    /** The additional tags are being written. */
    PUBLISH_ADDITIONAL,
    /** The version tag is being written. */
    PUBLISH_VERSION,
    /** All tags are being read back. */
    VERIFY,
    /** What this run has written is being taken back. */
    UNDO,
    /** All tags point at the image. */
    DONE;

    /** Returns the phase as reports name it, for example {@code publish-sha}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the phase of that name; empty where there is none. */
    static Optional<Phase> of(String word) {
        return Arrays.stream(values())
                .filter(phase -> phase.word().equals(word))
                .findFirst();
    }
}
