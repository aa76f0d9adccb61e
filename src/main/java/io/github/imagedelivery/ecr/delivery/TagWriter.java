package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import java.util.Optional;

/** Writes one tag and finds out what became of the write. */
final class TagWriter {
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 500;

    private final Pause pause;

    TagWriter(Pause pause) {
        this.pause = pause;
    }

    /** What became of a write. */
    enum Outcome {
        /** This run wrote it, and knows it. */
        WRITTEN,
        /** The tag pointed at the image before. */
        ALREADY_THERE,
        /** The tag points at the image after a write that got no answer: whose write it was is not known. */
        LANDED,
        /** ECR refused; the tag is as it was. */
        REFUSED,
        /** No answer came, and the tag does not (yet) point at the image. */
        DOUBTFUL
    }

    /**
     * What became of a write, and the refusal if there was one.
     *
     * @param outcome what became of it
     * @param error why it failed; empty when the tag points at the image
     */
    record Attempt(Outcome outcome, Optional<AwsException> error) {
        private boolean isPassing() {
            return outcome == Outcome.DOUBTFUL
                    || error.filter(AwsException::isThrottling).isPresent();
        }

        /** Once a write was in doubt its copy may still land, so nothing that follows is this run's own for certain. */
        private Attempt afterDoubt() {
            boolean missing = outcome == Outcome.DOUBTFUL || outcome == Outcome.REFUSED;
            return new Attempt(missing ? Outcome.DOUBTFUL : Outcome.LANDED, error);
        }
    }

    /** Writes the tag; repeats a write that got no answer or came too fast for ECR, and no other. */
    Attempt write(TagChange change, TagStore tags) {
        Attempt attempt = once(change, tags);
        boolean inDoubt = false;
        for (int tries = 1; tries < TRIES && attempt.isPassing() && pause.passes(tries * PAUSE_MILLIS); tries++) {
            inDoubt |= attempt.outcome == Outcome.DOUBTFUL;
            attempt = once(change, tags);
        }
        return inDoubt ? attempt.afterDoubt() : attempt;
    }

    private static Attempt once(TagChange change, TagStore tags) {
        try {
            Put put = change.apply(tags);
            return new Attempt(put == Put.WRITTEN ? Outcome.WRITTEN : Outcome.ALREADY_THERE, Optional.empty());
        } catch (AwsException e) {
            boolean ours = pointsAtImage(change, tags);
            if (e.isDefinite()) {
                return ours
                        ? new Attempt(Outcome.ALREADY_THERE, Optional.empty())
                        : new Attempt(Outcome.REFUSED, Optional.of(e));
            }
            return ours ? new Attempt(Outcome.LANDED, Optional.empty()) : new Attempt(Outcome.DOUBTFUL, Optional.of(e));
        }
    }

    private static boolean pointsAtImage(TagChange change, TagStore tags) {
        try {
            return TagChange.pointsAt(change.next(), change.tag(), tags);
        } catch (AwsException e) {
            return false;
        }
    }
}
