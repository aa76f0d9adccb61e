package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Coordinates;
import io.github.imagedelivery.ecr.delivery.PushPlan;
import io.github.imagedelivery.ecr.delivery.PushPlan.PlannedTag;
import io.github.imagedelivery.ecr.delivery.Staging;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Staging.Part;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Prints what a push would do. Owns the wording. */
final class PlanLog {
    private final Log log;

    PlanLog(Log log) {
        this.log = log;
    }

    /** Prints the plan of one image. */
    void print(PushPlan plan) {
        String module = plan.image().module();
        log.info(
                module + ": dry run: " + plan.image().uri() + "@" + plan.image().digest());
        coordinates(module, plan.image().coordinates());
        log.info(module + ":   repository "
                + plan.creator().map(by -> "is missing: created by " + by).orElse("is there"));
        plan.staging().ifPresent(staging -> content(module, staging));
        plan.tags().forEach(tag -> log.info(module + ":   tag " + tag.tag() + ": " + shown(tag)));
        log.info(module + ": nothing was sent, created or tagged; the plan is "
                + plan.image().reports().resolve("plan.json"));
    }

    private void coordinates(String module, Coordinates target) {
        log.info(module + ":   registry from " + target.registry().source() + ", repository from "
                + target.repository().source() + ", SHA tag from "
                + target.shaTag().source() + ", version tag from "
                + target.versionTag().source());
    }

    private void content(String module, Staging staging) {
        staging.parts().forEach(part -> part(module, part));
        log.info(module + ":   " + sum(staging, Fate.UPLOADED, "to upload") + "; "
                + sum(staging, Fate.MOUNTED, "to mount") + "; " + sum(staging, Fate.REUSED, "there already"));
    }

    private void part(String module, Part part) {
        log.info(String.format(
                Locale.ROOT,
                "%s:   %-12s %s %9s  %s",
                module,
                part.name(),
                part.descriptor().digest(),
                Texts.size(part.descriptor().size()),
                fate(part.fate())));
    }

    private static String fate(Fate fate) {
        return switch (fate) {
            case REUSED -> "there already";
            case MOUNTED -> "would be mounted";
            case UPLOADED -> "would be uploaded";
        };
    }

    private static String sum(Staging staging, Fate fate, String words) {
        long count = staging.count(fate);
        return (count == 1 ? "1 blob" : count + " blobs") + ", " + Texts.size(staging.bytes(fate)) + " " + words;
    }

    private static String shown(PlannedTag tag) {
        String today = tag.today().map(Object::toString).orElse("");
        return switch (tag.change()) {
            case CREATE -> "would be created";
            case KEEP -> "stays, it points at this image";
            case MOVE -> "would be moved, it points at " + today;
        };
    }
}
