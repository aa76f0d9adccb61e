package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.PublishPolicy;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;

/** Reads the parameters that say when and how tags are written. */
final class PublishParameters {
    private final ImageParameters raw;

    PublishParameters(ImageParameters raw) {
        this.raw = raw;
    }

    private enum PublishAt {
        SESSION,
        GOAL
    }

    /**
     * Tells whether each module is to be published as soon as it is staged, rather than when the build has succeeded.
     */
    boolean publishesAtOnce() throws DeliveryException {
        return Choice.of("ecr.publishAt", raw.publishAt, PublishAt.SESSION) == PublishAt.GOAL;
    }

    PublishPolicy policy() throws DeliveryException {
        return new PublishPolicy(undo(), onSuperseded());
    }

    UndoRule undo() throws DeliveryException {
        return Choice.of("ecr.undo", raw.undo, PublishPolicy.DEFAULT.undo());
    }

    SupersededRule onSuperseded() throws DeliveryException {
        return Choice.of("ecr.onSuperseded", raw.onSuperseded, PublishPolicy.DEFAULT.onSuperseded());
    }

    /** Returns the patterns of the versions that may move; there is one at least. */
    List<TagPattern> movingVersions() throws DeliveryException {
        List<TagPattern> patterns = new ArrayList<>();
        for (String text : Parameters.list(raw.movingVersions)) {
            try {
                patterns.add(TagPattern.parse(text));
            } catch (FormatException e) {
                throw Parameters.wrong(
                        "ecr.movingVersions", text, "patterns of tags, comma-separated; each " + TagPattern.GRAMMAR);
            }
        }
        return patterns.isEmpty() ? CoordinateSettings.SNAPSHOTS : patterns;
    }
}
