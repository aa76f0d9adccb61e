package io.github.imagedelivery.ecr.image;

import java.util.concurrent.atomic.AtomicLong;

/** How much heap all tarballs of one builder may hold together; what does not fit goes to a file. Thread-safe. */
final class HeapBudget {
    /** In bytes. What lies in a file is read from the system's cache: more memory makes no push faster. */
    private static final long MOST = 32L << 20;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** Creates a budget of so many bytes. */
    HeapBudget(long limit) {
        this.limit = limit;
    }

    /** Returns how much of a heap of that size a builder may hold by default: a quarter, and never more than is of use. */
    static long share(long heapBytes) {
        return Math.min(heapBytes / 4, MOST);
    }

    /** Takes the bytes, or nothing when they are not there. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    /** Returns bytes that were taken. */
    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Returns the bytes in use. */
    long taken() {
        return taken.get();
    }
}
