package io.github.imagedelivery.ecr.image;

import java.util.concurrent.atomic.AtomicLong;

/** How much heap all tarballs of one builder may hold together; what does not fit goes to a file. Thread-safe. */
final class HeapBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** Creates a budget of so many bytes. */
    HeapBudget(long limit) {
        this.limit = limit;
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
