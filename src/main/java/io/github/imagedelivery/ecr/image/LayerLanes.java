package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Works on the layers of applications side by side, over all images on at most as many at once as there are lanes. Safe for
 * use by several threads.
 */
final class LayerLanes {
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor lanes;

    /** Creates as many lanes as there are processors. */
    LayerLanes() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** Creates lanes whose threads come with work and go when there is none, so that nobody needs to end them. */
    LayerLanes(int most) {
        lanes = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LayerLanes::daemon);
        lanes.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecr-compress");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does all of the work, and returns its results in the same order; or throws when nothing of it goes on any more. Work
     * that is under way when this thread is interrupted is interrupted too, and not waited for.
     */
    <T> List<T> run(List<Callable<T>> work) throws IOException {
        List<T> done = new ArrayList<>();
        try {
            for (Future<T> layer : lanes.invokeAll(work)) {
                done.add(layer.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }
}
