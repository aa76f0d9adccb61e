package io.github.imagedelivery.ecr.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still but for sleeping, which takes no time, and for a step at each look where that is asked. */
final class FakeTime implements Time {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final long step;
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    FakeTime() {
        this(Duration.ZERO);
    }

    FakeTime(Duration step) {
        this.step = step.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos.addAndGet(step);
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    List<Duration> sleeps() {
        return sleeps;
    }
}
