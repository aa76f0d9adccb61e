package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The end that a JVM comes to when it is told to (Ctrl-C, the cancel button of a pipeline).
 *
 * @param hold has a thread run, and be waited for, when the end comes; throws {@link IllegalStateException} if it has
 * @param release forgets the thread; throws likewise
 * @param hearing has Ctrl-C bring the end by way of such threads; returns what puts back how it was
 */
record Shutdown(Consumer<Thread> hold, Consumer<Thread> release, Supplier<Runnable> hearing) {
    static final Shutdown OF_THE_JVM = new Shutdown(
            thread -> Runtime.getRuntime().addShutdownHook(thread),
            thread -> Runtime.getRuntime().removeShutdownHook(thread),
            InterruptSignal::endWithShutdownHooks);

    private static final long PATIENCE_SECONDS = 5;

    /** Something that is not to be left half done. */
    interface Work {
        void run() throws DeliveryException;
    }

    /**
     * Does the work. An end that comes meanwhile waits up to five seconds for it, for finishing a publish is shorter
     * than undoing it.
     *
     * @throws DeliveryException also if the end has come already; the work is then not begun
     */
    void holdBack(Work work) throws DeliveryException {
        CountDownLatch finished = new CountDownLatch(1);
        Thread ending = new Thread(() -> await(finished), "ecr-publish-ending");
        try {
            hold.accept(ending);
        } catch (IllegalStateException isEnding) {
            throw DeliveryException.ofUser(
                    "The build is told to end, so nothing was tagged",
                    "the JVM is shutting down: " + isEnding.getMessage(),
                    "run the build again: what was staged is used again");
        }
        Runnable deaf = hearing.get();
        try {
            work.run();
        } finally {
            finished.countDown();
            release(ending);
            deaf.run();
        }
    }

    private static void await(CountDownLatch finished) {
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(Thread ending) {
        try {
            release.accept(ending);
        } catch (IllegalStateException isEnding) {
            // The JVM ends already, and the thread with it.
            return;
        }
    }
}
