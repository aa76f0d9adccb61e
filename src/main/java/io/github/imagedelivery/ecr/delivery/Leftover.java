package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has found that an earlier one left unfinished, if so.
 *
 * @param last the last run in this directory, unless it ended well
 * @param isSameImage whether the last run was of the image that this one is of
 * @param sha where the SHA tag is now
 * @param additional where the additional tags are now
 * @param version where the version tag is now
 */
public record Leftover(
        Optional<LastRun> last, boolean isSameImage, State sha, Map<Tag, State> additional, State version) {
    /** Keeps the order. */
    public Leftover {
        additional = Collections.unmodifiableMap(new LinkedHashMap<>(additional));
    }

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
        Map<Tag, State> additional = new LinkedHashMap<>();
        plan.additional().forEach(change -> additional.put(change.tag(), state(change)));
        return new Leftover(
                last,
                last.filter(run -> run.isOf(plan.sha().next().digest())).isPresent(),
                state(plan.sha()),
                additional,
                state(plan.version()));
    }

    private static State state(TagChange change) {
        if (change instanceof TagChange.Keep) {
            return State.THERE;
        }
        return change instanceof TagChange.Move ? State.ELSEWHERE : State.MISSING;
    }

    /** Returns where all tags are. */
    public List<State> states() {
        List<State> states = new ArrayList<>(List.of(sha, version));
        states.addAll(additional.values());
        return states;
    }

    /** Tells whether the user is to hear of it: not on the way of every day, with no tag there or with all. */
    boolean isWorthTelling() {
        return last.isPresent() || (sha == State.THERE && version != State.THERE);
    }
}
