package io.github.imagedelivery.ecr.delivery;

import java.util.Optional;

/**
 * What a run has found that an earlier one left unfinished, if so.
 *
 * @param last the last run in this directory, unless it ended well
 * @param isSameImage whether the last run was of the image that this one is of
 * @param sha where the SHA tag is now
 * @param version where the version tag is now
 */
public record Leftover(Optional<LastRun> last, boolean isSameImage, State sha, State version) {
    /** Where a tag is. */
    public enum State {
        /** It does not exist. */
        MISSING,
        /** It points at the image. */
        THERE,
        /** It points at another image, and may move. */
        ELSEWHERE
    }

    static Leftover of(Optional<LastRun> last, TagPlan plan) {
        return new Leftover(
                last,
                last.filter(run -> run.isOf(plan.sha().next().digest())).isPresent(),
                state(plan.sha()),
                state(plan.version()));
    }

    private static State state(TagChange change) {
        if (change instanceof TagChange.Keep) {
            return State.THERE;
        }
        return change instanceof TagChange.Move ? State.ELSEWHERE : State.MISSING;
    }

    /** Tells whether the user is to hear of it: not on the way of every day, with no tag there or with both. */
    boolean isWorthTelling() {
        return last.isPresent() || (sha == State.THERE && version != State.THERE);
    }
}
