package io.github.imagedelivery.ecr.mojo;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a work has come.
 *
 * @param name what is worked on
 * @param phase the phase that it is in; empty before the first
 * @param since how long it has been going on, all of its phases together
 * @param moved bytes that have moved in this phase
 * @param expected bytes that are to move in it; zero where nobody knows
 * @param rate bytes in a second, over the last seconds; empty where it is too early to tell
 */
record Standing(String name, String phase, Duration since, long moved, long expected, OptionalLong rate) {
    /** Returns how long it will take until all bytes have moved; empty where that cannot be told. */
    OptionalLong secondsLeft() {
        long left = expected - moved;
        return left <= 0 || rate.isEmpty() || rate.getAsLong() == 0
                ? OptionalLong.empty()
                : OptionalLong.of((left + rate.getAsLong() - 1) / rate.getAsLong());
    }
}
