package io.github.imagedelivery.ecr.bench;

import java.util.function.ToDoubleFunction;

/**
 * A number of bytes that is to be reached.
 *
 * @param target what is to be reached, in words
 * @param most the same as a number
 * @param format how such a number is written
 * @param value of a run
 */
record Amount(String target, double most, String format, ToDoubleFunction<MavenRun> value) {
    static final Amount NOTHING =
            new Amount("0 kB of blobs", 0, "%.0f", run -> (blobsUp(run) + blobsDown(run)) / 1e3);
    static final Amount FIVE_KILOBYTES =
            new Amount("5 kB up", 5, "%.1f", run -> run.traffic().bytes().up() / 1e3);
    static final Amount FIFTY_KILOBYTES = new Amount("50 kB each way", 50, "%.0f", Amount::moreOfBothWays);
    static final Amount ONCE =
            new Amount("each blob sent once", 1, "%.2f", run -> (double) blobsUp(run) / run.imageBytes());
    static final Amount NO_BASE = new Amount("0 MB of blobs down", 0, "%.1f", run -> blobsDown(run) / 1e6);

    private static long blobsUp(MavenRun run) {
        return run.traffic().bytes().blobsUp();
    }

    private static long blobsDown(MavenRun run) {
        return run.traffic().bytes().blobsDown();
    }

    private static double moreOfBothWays(MavenRun run) {
        return Math.max(run.traffic().bytes().up(), run.traffic().bytes().down()) / 1e3;
    }

    /** Returns the most of our runs. */
    double of(Duel duel) {
        return duel.runs().get(Tool.OURS).stream().mapToDouble(value).max().orElseThrow();
    }
}
