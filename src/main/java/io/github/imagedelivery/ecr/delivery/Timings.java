package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How long each phase of a delivery took; who waits for it is told as each begins. Used by one thread at a time. */
final class Timings {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final LongSupplier nanoClock;
    private final Work work;
    private final Map<String, Long> millis = new LinkedHashMap<>();

    /**
     * Starts without a phase.
     *
     * @param work is told of each phase
     */
    Timings(LongSupplier nanoClock, Work work) {
        this.nanoClock = nanoClock;
        this.work = work;
    }

    /** Goes on where another run has stopped. */
    Timings(LongSupplier nanoClock, Map<String, Long> millisSoFar) {
        this(nanoClock, Work.UNSEEN);
        millis.putAll(millisSoFar);
    }

    /** A phase. */
    interface Phase<T> {
        /** Does the work. */
        T run() throws DeliveryException;
    }

    /** Runs the phase and adds its time, also when it fails. */
    <T> T measure(String name, Phase<T> phase) throws DeliveryException {
        work.phase(name);
        long start = nanoClock.getAsLong();
        try {
            return phase.run();
        } finally {
            add(name, nanoClock.getAsLong() - start);
        }
    }

    /** Returns who is told how far the phases come. */
    Work work() {
        return work;
    }

    /** Adds the time of a phase that was measured elsewhere. */
    void add(String name, long nanos) {
        millis.merge(name, nanos / NANOS_IN_MILLI, Long::sum);
    }

    /** Returns milliseconds by phase, in the order in which the phases were first run. */
    Map<String, Long> millis() {
        return Collections.unmodifiableMap(millis);
    }
}
