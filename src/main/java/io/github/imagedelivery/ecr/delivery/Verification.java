package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all tags back after a publish: success is only what ECR says itself. A tag that is gone although the version is
 * there was taken back by another run of the same commit, and is put there again.
 */
final class Verification {
    private static final int TRIES = 4;
    private static final long PAUSE_MILLIS = 1_500;

    private final Pause pause;

    Verification(Pause pause) {
        this.pause = pause;
    }

    /**
     * Reads version and other tags, again for about five seconds while one is not seen yet: reads may lag behind writes.
     *
     * @param ours the tags that this run has written, so that no other run takes them back
     */
    Publication verify(StagedImage image, Set<Tag> ours) {
        Tag version = image.plan().version().tag();
        DeliveryException unseen = unseen(image, "interrupted");
        for (int tries = 0; tries < TRIES && (tries == 0 || pause.passes(PAUSE_MILLIS)); tries++) {
            try {
                Map<Tag, Manifest> now = read(image, ours);
                List<TagChange> missing = missing(image.plan(), now);
                Optional<Tag> moved = movedAway(image.plan(), now);
                if (moved.isPresent()) {
                    if (TagChange.isAt(image.plan().version(), now)) {
                        // Wherever an additional tag is: no version without its SHA tag.
                        putAgain(missing, image.access().tags());
                    }
                    return superseded(image, moved.get(), now);
                }
                if (missing.isEmpty()) {
                    return Publication.of(image, Result.PUBLISHED);
                }
                if (tries > 0 && now.containsKey(version)) {
                    putAgain(missing, image.access().tags());
                }
                unseen = unseen(image, "ECR does not show " + missing.get(0).tag() + " yet");
            } catch (AwsException e) {
                unseen = unseen(image, DeliveryException.words(e));
            }
        }
        return Publication.failed(image, Result.UNKNOWN, unseen);
    }

    /** Returns the changes whose tags are not there, that of the version first. */
    private static List<TagChange> missing(TagPlan plan, Map<Tag, Manifest> now) {
        List<TagChange> changes = plan.changes();
        Collections.reverse(changes);
        return changes.stream().filter(change -> !now.containsKey(change.tag())).toList();
    }

    private static void putAgain(List<TagChange> missing, TagStore tags) throws AwsException {
        for (TagChange change : missing) {
            tags.tag(change.tag(), change.next());
        }
    }

    /**
     * Reads all tags in one request, or the version first where the other order could mislead: ECR does not say which
     * tag of a request it looks up first, and a run that has written one of the others may take it back while it sees
     * no version.
     */
    private static Map<Tag, Manifest> read(StagedImage image, Set<Tag> ours) throws AwsException {
        TagStore tags = image.access().tags();
        Tag version = image.plan().version().tag();
        List<Tag> others = new ArrayList<>(List.of(image.plan().sha().tag()));
        image.plan().additional().forEach(change -> others.add(change.tag()));
        if (ours.containsAll(others)) {
            List<Tag> all = new ArrayList<>(List.of(version));
            all.addAll(others);
            return tags.read(all);
        }
        Map<Tag, Manifest> all = new HashMap<>(tags.read(List.of(version)));
        all.putAll(tags.read(others));
        return all;
    }

    private static Optional<Tag> movedAway(TagPlan plan, Map<Tag, Manifest> now) {
        return plan.changes().stream()
                .filter(change -> now.containsKey(change.tag()) && !TagChange.isAt(change, now))
                .map(TagChange::tag)
                .findFirst();
    }

    private static String all(StagedImage image) {
        return image.plan().additional().isEmpty() ? "Both tags" : "All tags";
    }

    private static Publication superseded(StagedImage image, Tag moved, Map<Tag, Manifest> now) {
        Manifest other = now.get(moved);
        return Publication.failed(
                image,
                Result.SUPERSEDED,
                DeliveryException.ofUser(
                        all(image) + " were written, and " + moved + " has been pointed at another image since",
                        moved + " is " + (other == null ? "gone" : other.digest()) + ", this build is "
                                + image.digest(),
                        "let one build of a version run at a time (a concurrency group in CI)"));
    }

    private static DeliveryException unseen(StagedImage image, String cause) {
        return DeliveryException.ofService(
                all(image) + " of " + image.uri() + " were written, but could not be read back",
                cause,
                "run the build again: it completes what is missing and changes nothing else");
    }
}
