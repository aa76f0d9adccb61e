package io.github.imagedelivery.ecr.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools of threads that do not keep the virtual machine alive. */
final class Daemons {
    private Daemons() {}

    /** Returns a pool of at most that many threads; more tasks wait. */
    static ExecutorService bounded(String name, int most) {
        return Executors.newFixedThreadPool(most, named(name));
    }

    /** Returns a pool with a thread for each task. */
    static ExecutorService unbounded(String name) {
        return Executors.newCachedThreadPool(named(name));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
