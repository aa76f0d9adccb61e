package io.github.imagedelivery.ecr.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Looks again and again how much of the heap is in use once the garbage is gone. Asks the collector of the JDK's
 * default, G1, what its last full run left: a collection that is asked for is skipped while somebody compresses.
 */
final class LiveHeap implements AutoCloseable {
    private static final long EVERY_MILLIS = 200;

    private final GarbageCollectorMXBean collector =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                    .filter(bean -> bean.getName().equals("G1 Old Generation"))
                    .findFirst()
                    .orElseThrow();
    private final Set<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(pool -> pool.getName())
            .collect(Collectors.toSet());
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long most;

    private LiveHeap() {}

    /** Begins to look. */
    static LiveHeap watch() {
        LiveHeap heap = new LiveHeap();
        Thread thread = new Thread(heap::look, "live-heap");
        thread.setDaemon(true);
        thread.start();
        return heap;
    }

    private void look() {
        try {
            do {
                System.gc();
                most = Math.max(most, leftByTheLast());
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long leftByTheLast() {
        GcInfo last = collector.getLastGcInfo();
        return last == null
                ? 0
                : last.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> pools.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
    }

    /** Returns the most bytes that were in use at a look. */
    long most() {
        return most;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
