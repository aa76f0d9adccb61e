package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads both tags back after a publish: success is only what ECR says itself. A SHA tag that is gone although the
 * version is there was taken back by another run of the same commit, and is put there again.
 */
final class Verification {
    private static final int TRIES = 4;
    private static final long PAUSE_MILLIS = 1_500;

    private final Pause pause;

    Verification(Pause pause) {
        this.pause = pause;
    }

    /**
     * Reads version and SHA tag, again for about five seconds while one is not seen yet: reads may lag behind writes.
     *
     * @param isShaOurs whether this run has written the SHA tag, so that no other run takes it back
     */
    Publication verify(StagedImage image, boolean isShaOurs) {
        Tag version = image.plan().version().tag();
        Tag sha = image.plan().sha().tag();
        DeliveryException unseen = unseen(image, "interrupted");
        for (int tries = 0; tries < TRIES && (tries == 0 || pause.passes(PAUSE_MILLIS)); tries++) {
            try {
                Map<Tag, Manifest> now = read(image.access().tags(), version, sha, isShaOurs);
                Optional<Tag> moved = movedAway(now, image.digest());
                if (moved.isPresent()) {
                    return superseded(image, moved.get(), now);
                }
                if (now.containsKey(version) && now.containsKey(sha)) {
                    return Publication.of(image, Result.PUBLISHED);
                }
                if (tries > 0 && now.containsKey(version)) {
                    image.access().tags().tag(sha, image.plan().sha().next());
                }
                unseen = unseen(image, "ECR does not show " + (now.containsKey(version) ? sha : version) + " yet");
            } catch (AwsException e) {
                unseen = unseen(image, DeliveryException.words(e));
            }
        }
        return Publication.failed(image, Result.UNKNOWN, unseen);
    }

    /**
     * Reads both tags in one request, or the version first where the other order could mislead: ECR does not say which
     * tag of a request it looks up first, and the run that has written the SHA tag may take it back while it sees no
     * version.
     */
    private static Map<Tag, Manifest> read(TagStore tags, Tag version, Tag sha, boolean isShaOurs) throws AwsException {
        if (isShaOurs) {
            return tags.read(List.of(version, sha));
        }
        Map<Tag, Manifest> both = new HashMap<>(tags.read(List.of(version)));
        both.putAll(tags.read(List.of(sha)));
        return both;
    }

    private static Optional<Tag> movedAway(Map<Tag, Manifest> now, Digest ours) {
        return now.entrySet().stream()
                .filter(entry -> !entry.getValue().digest().equals(ours))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Publication superseded(StagedImage image, Tag moved, Map<Tag, Manifest> now) {
        Manifest other = now.get(moved);
        return Publication.failed(
                image,
                Result.SUPERSEDED,
                DeliveryException.ofUser(
                        "Both tags were written, and " + moved + " has been pointed at another image since",
                        moved + " is " + (other == null ? "gone" : other.digest()) + ", this build is "
                                + image.digest(),
                        "let one build of a version run at a time (a concurrency group in CI)"));
    }

    private static DeliveryException unseen(StagedImage image, String cause) {
        return DeliveryException.ofService(
                "Both tags of " + image.uri() + " were written, but could not be read back",
                cause,
                "run the build again: it completes what is missing and changes nothing else");
    }
}
