package io.github.imagedelivery.ecr.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what reads foreign bytes: it may fail in the one way that it documents, and must neither hang nor swell. */
public final class Guard {
    /** Far beyond any reader, however busy the machine is; what takes longer does not end. */
    private static final int LIMIT_SECONDS = 30;

    /** The inputs have a few KiB. */
    private static final long LIMIT_BYTES = 32L * 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ExecutorService WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "guarded");
        thread.setDaemon(true);
        return thread;
    });

    private Guard() {}

    /** What is tried. */
    public interface Reader {
        /** Reads. */
        void read() throws Exception;
    }

    /**
     * Reads, and returns the exception with which the reader refused its input; empty if it took it.
     *
     * @param documented the only exception that may come
     */
    public static <E extends Exception> Optional<E> read(Class<E> documented, Reader reader) {
        CompletableFuture<Long> allocated = new CompletableFuture<>();
        WORKERS.execute(() -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.read();
                allocated.complete(THREADS.getCurrentThreadAllocatedBytes() - before);
            } catch (Throwable e) {
                allocated.completeExceptionally(e);
            }
        });
        try {
            long bytes = allocated.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (bytes > LIMIT_BYTES) {
                throw new AssertionError("took " + bytes + " bytes of memory");
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            if (documented.isInstance(e.getCause())) {
                return Optional.of(documented.cast(e.getCause()));
            }
            throw new AssertionError("an exception that is not documented: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
