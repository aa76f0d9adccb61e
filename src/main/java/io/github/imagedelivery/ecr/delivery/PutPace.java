package io.github.imagedelivery.ecr.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Spreads {@code PutImage} over time: ECR takes ten in a second from one account in one region, and refuses the others.
 * Ten may follow each other at once; each further one waits until the tenth before it is a second old. Safe for use by
 * several threads.
 */
public final class PutPace {
    private static final int WRITES = 10;
    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final Pause pause;
    private final Map<String, Deque<Long>> turns = new HashMap<>();

    PutPace(LongSupplier nanoClock, Pause pause) {
        this.nanoClock = nanoClock;
        this.pause = pause;
    }

    /**
     * Waits until the next write may go out; not at all once the thread was interrupted.
     *
     * @param registry its host, which names account and region
     */
    void await(String registry) {
        long nanos = nanosToNextTurn(registry);
        if (nanos > 0) {
            pause.passes((nanos + NANOS_IN_MILLI - 1) / NANOS_IN_MILLI);
        }
    }

    private synchronized long nanosToNextTurn(String registry) {
        Deque<Long> last = turns.computeIfAbsent(registry, host -> new ArrayDeque<>());
        long now = nanoClock.getAsLong();
        long wait = last.size() < WRITES ? 0 : Math.max(0, last.removeFirst() + WINDOW_NANOS - now);
        last.addLast(now + wait);
        return wait;
    }
}
