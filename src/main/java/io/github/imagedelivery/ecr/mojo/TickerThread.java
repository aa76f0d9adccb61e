package io.github.imagedelivery.ecr.mojo;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls twice a second. */
final class TickerThread implements ProgressBoard.Ticker {
    private static final int INTERVAL_MILLIS = 500;

    private Optional<ScheduledExecutorService> thread = Optional.empty();

    @Override
    public void start(Runnable action) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(TickerThread::daemon);
        thread = Optional.of(started);
        var unused = started.scheduleWithFixedDelay(action, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        thread.ifPresent(ScheduledExecutorService::shutdown);
        thread = Optional.empty();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecr-progress");
        thread.setDaemon(true);
        return thread;
    }
}
