package io.github.imagedelivery.ecr.bench;

import java.util.concurrent.TimeUnit;

/** One direction of a network: all connections share it. */
final class Line {
    private final long delayNanos;
    private final long bitsPerSecond;
    private long freeNanos = System.nanoTime();

    Line(Network network) {
        this.delayNanos = TimeUnit.MILLISECONDS.toNanos(network.roundTripMillis()) / 2;
        this.bitsPerSecond = network.bitsPerSecond();
    }

    /** Returns how long each byte is on its way. */
    long delayNanos() {
        return delayNanos;
    }

    /** Takes a turn, and returns when the last of so many bytes has left, by {@link System#nanoTime}. */
    synchronized long leave(int bytes) {
        long duration = bitsPerSecond == 0 ? 0 : bytes * 8L * TimeUnit.SECONDS.toNanos(1) / bitsPerSecond;
        freeNanos = Math.max(freeNanos, System.nanoTime()) + duration;
        return freeNanos;
    }
}
