package io.github.imagedelivery.ecr.mojo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How fast bytes have moved in the last ten seconds. */
final class Pace {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_IN_SECOND = 1e9;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long moved) {}

    /** Forgets all that was. */
    void restart() {
        samples.clear();
    }

    /** Returns bytes in a second, in view of how many have moved by now; empty where it is too early to tell. */
    OptionalLong at(long nanos, long moved) {
        samples.addLast(new Sample(nanos, moved));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long time = nanos - first.nanos();
        return time < SHORTEST
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, Math.round((moved - first.moved()) * NANOS_IN_SECOND / time)));
    }
}
