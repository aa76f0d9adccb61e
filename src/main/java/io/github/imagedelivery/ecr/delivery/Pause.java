package io.github.imagedelivery.ecr.delivery;

/** Waits between tries; a test hands in one that does not. */
@FunctionalInterface
public interface Pause {
    /** Waits on the wall clock. */
    Pause REAL = Thread::sleep;

    /** Waits for the milliseconds. */
    void millis(long millis) throws InterruptedException;

    /** Waits, and tells whether there is more to do: not so once the thread was interrupted, which it stays. */
    default boolean passes(long millis) {
        try {
            millis(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
