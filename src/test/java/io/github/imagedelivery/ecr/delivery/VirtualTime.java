package io.github.imagedelivery.ecr.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still but for pauses, which take no time. */
final class VirtualTime extends Clock implements Pause {
    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final AtomicLong millis = new AtomicLong();

    @Override
    public void millis(long pause) {
        millis.addAndGet(pause);
    }

    long passedMillis() {
        return millis.get();
    }

    long nanos() {
        return millis.get() * 1_000_000;
    }

    @Override
    public Instant instant() {
        return START.plusMillis(millis.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
