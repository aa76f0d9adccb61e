package io.github.imagedelivery.ecr.registry;

import java.time.Duration;
import java.time.Instant;

/** The clock and the waiting, so that tests of retries and time limits need not wait. */
interface Time {
    /** The time of this machine. */
    Time SYSTEM = new Time() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    };

    /** Returns nanoseconds since some moment, for measuring spans. */
    long nanoTime();

    /** Returns the time of day, for {@code Retry-After} in its form of a date. */
    Instant now();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;
}
