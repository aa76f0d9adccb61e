package io.github.imagedelivery.ecr.delivery;

/**
 * What a publish may do once it has begun to write tags, and what counts as its failure.
 *
 * @param undo what to do about written tags when a later one is refused
 * @param onSuperseded what to do where another run has pointed a tag elsewhere meanwhile
 */
public record PublishPolicy(UndoRule undo, SupersededRule onSuperseded) {
    /** What a publish does where nothing is configured. */
    public static final PublishPolicy DEFAULT = new PublishPolicy(UndoRule.AUTO, SupersededRule.FAIL);

    /** What to do about the tags that a publish has written when a later one is refused ({@code ecr.undo}). */
    public enum UndoRule {
        /** Take back what can be taken back without harm to others; what cannot, or may not, stays. */
        AUTO,
        /** Leave them, and delete nothing: running again completes them. */
        NEVER
    }

    /** What to do where another run has pointed a written tag at another image ({@code ecr.onSuperseded}). */
    public enum SupersededRule {
        /** Fail the build. */
        FAIL,
        /** Warn, and let the build go on. */
        WARN
    }
}
