package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.Progress.Work;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each phase of a delivery took; who waits for it is told as each begins. Used by one thread at a time. */
final class Timings {
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final Timeline timeline;
    private final Work work;
    private final Map<String, Long> millis = new LinkedHashMap<>();

    /**
     * Starts without a phase.
     *
     * @param timeline notes when each phase was run
     * @param work is told of each phase
     */
    Timings(Timeline timeline, Work work) {
        this.timeline = timeline;
        this.work = work;
    }

    /** Goes on where another run has stopped. */
    Timings(Timeline timeline, Map<String, Long> millisSoFar) {
        this(timeline, Work.UNSEEN);
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
        long start = timeline.nanos();
        try {
            return phase.run();
        } finally {
            add(name, start, timeline.nanos());
        }
    }

    /** Returns who is told how far the phases come. */
    Work work() {
        return work;
    }

    /** Adds the time of a phase that was measured elsewhere, by the clock of the machine that runs on. */
    void add(String name, long from, long until) {
        millis.merge(name, (until - from) / NANOS_IN_MILLI, Long::sum);
        timeline.phase(name, from, until);
    }

    /** Returns milliseconds by phase, in the order in which the phases were first run. */
    Map<String, Long> millis() {
        return Collections.unmodifiableMap(millis);
    }

    /** Returns when the phases were run. */
    Timeline timeline() {
        return timeline;
    }
}
