package io.github.imagedelivery.ecr.delivery;

/** Waits between tries; a test hands in one that does not. */
@FunctionalInterface
public interface Pause {
    /** Waits on the wall clock. */
    Pause REAL = Thread::sleep;

    /** Waits for the milliseconds. */
    void millis(long millis) throws InterruptedException;
}
