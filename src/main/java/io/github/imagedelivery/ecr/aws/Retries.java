package io.github.imagedelivery.ecr.aws;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which failures of a read may pass, and how long to wait for that: the rules that Amazon's SDKs share. */
final class Retries {
    /** How often a read is made at most. */
    static final int TRIES = 4;

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long FIRST_PAUSE_WHEN_THROTTLED_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 20_000;

    /** ECR has two names for it of its own; the others are those of AWS as a whole. */
    private static final Set<String> THROTTLED = Set.of(
            "ThrottlingException",
            "ThrottleException",
            "Throttling",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "SlowDown");

    private static final Set<String> PASSING = Set.of("RequestTimeout", "RequestTimeoutException", "InternalError");
    private static final Set<Integer> FAILING = Set.of(500, 502, 503, 504);

    private Retries() {}

    /** Tells whether the same request may be answered a little later. */
    static boolean mayPass(AwsException failure) {
        boolean broken =
                failure.getCause() instanceof IOException && Barrier.of(failure).isEmpty();
        return broken
                || isThrottling(failure)
                || PASSING.contains(failure.code())
                || FAILING.contains(failure.status());
    }

    private static boolean isThrottling(AwsException failure) {
        return THROTTLED.contains(failure.code()) || failure.status() == 429;
    }

    /**
     * Returns how long to wait: any time up to one that doubles with each try, since parallel builds are not to come
     * together.
     *
     * @param tries how many there were
     */
    static long pauseMillis(AwsException failure, int tries) {
        long first = isThrottling(failure) ? FIRST_PAUSE_WHEN_THROTTLED_MILLIS : FIRST_PAUSE_MILLIS;
        long longest = Math.min(first << (tries - 1), LONGEST_PAUSE_MILLIS);
        return ThreadLocalRandom.current().nextLong(longest + 1);
    }
}
