package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Holds requests until a test has seen them arrive and releases them. Use a new one for each fault. */
public final class Hold extends Behaviour {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private enum Point {
        BEFORE,
        AFTER,
        LATE
    }

    private final Point point;
    private int arrived;
    private int finished;
    private boolean released;

    private Hold(Point point) {
        this.point = point;
    }

    /** Holds a request before it is applied. */
    public static Hold before() {
        return new Hold(Point.BEFORE);
    }

    /** Applies a request, then holds its answer. */
    public static Hold after() {
        return new Hold(Point.AFTER);
    }

    /** Closes the connection once the request was read, and applies it only when released. */
    public static Hold applyingLate() {
        return new Hold(Point.LATE);
    }

    /**
     * Waits until a request has come.
     *
     * @throws IllegalStateException if none came within 30 seconds
     */
    public synchronized void awaitArrival() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (arrived == 0) {
            pause(deadline, "no request came to be held");
        }
    }

    /** Lets go of what is held and of all that will come, and waits until the former has been applied. */
    public synchronized void release() throws InterruptedException {
        released = true;
        notifyAll();
        int held = arrived;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (finished < held) {
            pause(deadline, "the held request was not applied");
        }
    }

    private synchronized void pause(long deadline, String complaint) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new IllegalStateException(complaint);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
    }

    @Override
    Reply meet(Call call, Subject subject, Handler next) throws IOException {
        Optional<Reply> applied = point == Point.AFTER ? Optional.of(next.answer(call)) : Optional.empty();
        arrive();
        try {
            if (point == Point.LATE) {
                // After the arrival: a client that sees its connection closed may rely on the request being held.
                call.bufferAndHangUp();
            }
            awaitRelease();
            Reply reply = applied.isPresent() ? applied.get() : next.answer(call);
            return point == Point.LATE ? Reply.HUNG_UP : reply;
        } finally {
            finish();
        }
    }

    private synchronized void arrive() {
        arrived++;
        notifyAll();
    }

    private synchronized void awaitRelease() throws InterruptedIOException {
        try {
            while (!released) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closed while a request was held");
        }
    }

    private synchronized void finish() {
        finished++;
        notifyAll();
    }
}
