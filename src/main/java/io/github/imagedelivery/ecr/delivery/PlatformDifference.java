package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Optional;

/**
 * What becomes of the image of one platform.
 *
 * @param platform what it runs on; empty strings where it is the only one, or nobody says
 * @param before digest of the image before; empty where there is none for the platform
 * @param now digest of the image now, likewise
 * @param difference in what the two differ; nothing where they are the same or one is missing
 */
record PlatformDifference(Platform platform, Optional<Digest> before, Optional<Digest> now, Difference difference) {
    /** Returns what is said of a platform whose images are the same, or that one side lacks. */
    static PlatformDifference unread(Platform platform, Optional<Digest> before, Optional<Digest> now, Sides sides) {
        return new PlatformDifference(platform, before, now, Difference.unread(sides));
    }

    /** Returns the platform for a reader. */
    String name() {
        return platform.os().isEmpty() ? "image" : Texts.shown(platform.toString());
    }

    /** Tells whether the image is the same in both. */
    boolean isSame() {
        return before.equals(now);
    }

    /** Tells whether both have an image for the platform. */
    boolean isInBoth() {
        return before.isPresent() && now.isPresent();
    }

    /** Says what differs, on one line. */
    String summary() {
        String what = isInBoth() ? difference.summary() : difference.sides().only(now.isEmpty());
        return platform.os().isEmpty() ? what : name() + ": " + what;
    }
}
