package io.github.imagedelivery.ecr.delivery;

/** How the delivery of an image ended. Only the first two let a build succeed. */
public enum Result {
    /** All tags point at the image; at least one was written by this run. */
    PUBLISHED,
    /** All tags pointed at the image before; nothing was written. */
    ALREADY_PUBLISHED,
    /** A rule forbade it before anything was written. */
    REFUSED,
    /** It failed, and every tag is as it was before. */
    FAILED_CLEAN,
    /** It failed, and the SHA tag or another that this run wrote could not be taken back; its image is complete. */
    FAILED_LEFT_SHA,
    /** All tags were written, and somebody else has pointed one of them at another image since. */
    SUPERSEDED,
    /** A write got no answer, so its outcome is not known; running again settles it. */
    UNKNOWN;

    /** Tells whether the build may go on. */
    public boolean isSuccess() {
        return this == PUBLISHED || this == ALREADY_PUBLISHED;
    }
}
