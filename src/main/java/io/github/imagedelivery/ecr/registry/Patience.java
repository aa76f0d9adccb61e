package io.github.imagedelivery.ecr.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The time limits of one request: it ends when no byte has moved for the idle timeout, or at the deadline of the
 * operation that it is part of. The JDK's own request timeout ends with the headers and knows no progress.
 */
final class Patience {
    /** How late a limit may be noticed, in milliseconds; arriving bytes wake a waiting reader at once. */
    private static final long POLL_MILLIS = 100;

    private final Time time;
    private final Duration idle;
    private final long deadline;
    private volatile long lastMove;

    /**
     * Begins to wait.
     *
     * @param deadline the end of the operation on the clock of {@link Time#nanoTime()}
     */
    Patience(Time time, Duration idle, long deadline) {
        this.time = time;
        this.idle = idle;
        this.deadline = deadline;
        this.lastMove = time.nanoTime();
    }

    /** Notes that a byte was sent or received. */
    void moved() {
        lastMove = time.nanoTime();
    }

    /** Waits for one of the permits; only the deadline counts, since standing in a queue is no fault of the peer. */
    void acquire(Semaphore permits) throws IOException, InterruptedException {
        while (!permits.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            checkDeadline(time.nanoTime());
        }
        moved();
    }

    /** Waits for the answer; cancels the request when a limit is reached or the thread is interrupted. */
    <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            while (true) {
                try {
                    return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    check();
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new TransferException(e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Waits for the next item. */
    <T> T next(BlockingQueue<T> queue) throws IOException, InterruptedException {
        while (true) {
            T item = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (item != null) {
                return item;
            }
            check();
        }
    }

    private void check() throws TransferException {
        long now = time.nanoTime();
        if (now - lastMove >= idle.toNanos()) {
            throw new TransferException("no byte moved for " + idle.toSeconds() + " s");
        }
        checkDeadline(now);
    }

    private void checkDeadline(long now) throws TransferException {
        if (now - deadline >= 0) {
            throw new TransferException("the time for the whole operation is over");
        }
    }
}
