package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** All that a session works on right now, shown again and again while there is any. Safe for use by several threads. */
final class ProgressBoard implements Progress {
    private final LongSupplier nanoClock;
    private final Ticker ticker;
    private final View view;
    private final Set<BoardWork> running = new LinkedHashSet<>();

    /** Calls regularly, on a thread of its own. */
    interface Ticker {
        /** Begins to call. */
        void start(Runnable action);

        /** Calls no more. */
        void stop();
    }

    /** What the works are shown by. Called by one thread at a time. */
    interface View {
        /** Shows all works that are going on, those that began first before the others; none at the end. */
        void show(List<Standing> works);
    }

    ProgressBoard(LongSupplier nanoClock, Ticker ticker, View view) {
        this.nanoClock = nanoClock;
        this.ticker = ticker;
        this.view = view;
    }

    @Override
    public synchronized Work begin(String name) {
        BoardWork work = new BoardWork(name);
        running.add(work);
        if (running.size() == 1) {
            ticker.start(this::tick);
        }
        return work;
    }

    private synchronized void tick() {
        List<Standing> works = new ArrayList<>();
        running.forEach(work -> works.add(work.standing()));
        view.show(works);
    }

    private synchronized void end(BoardWork work) {
        if (running.remove(work)) {
            if (running.isEmpty()) {
                ticker.stop();
            }
            // At once: what is logged next is of what comes after it.
            tick();
        }
    }

    private final class BoardWork implements Work {
        private final String name;
        private final long begun = nanoClock.getAsLong();
        private String phase = "";
        private long moved;
        private long expected;
        private final Pace pace = new Pace();

        BoardWork(String name) {
            this.name = name;
        }

        @Override
        public synchronized void phase(String next) {
            phase = next;
            moved = 0;
            expected = 0;
            pace.restart();
        }

        @Override
        public synchronized void expect(long bytes) {
            expected += bytes;
        }

        @Override
        public synchronized void moved(long bytes) {
            moved += bytes;
        }

        private synchronized Standing standing() {
            long now = nanoClock.getAsLong();
            return new Standing(name, phase, Duration.ofNanos(now - begun), moved, expected, pace.at(now, moved));
        }

        @Override
        public void close() {
            end(this);
        }
    }
}
