package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Candidate;
import io.github.imagedelivery.ecr.delivery.Inspection;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.maven.execution.MavenSession;

/**
 * What the pushes of a build will need and can be begun with once it is checked, while it compiles: by two threads, which
 * end with the session, well or not.
 */
final class EarlyWork {
    private static final int THREADS = 2;
    private static final long PATIENCE_SECONDS = 5;

    private final Map<Inspection, Set<Candidate>> pushed = new LinkedHashMap<>();

    /** Adds the modules of an inspection that this build will push. */
    void add(Inspection inspection, Collection<Candidate> modules) {
        if (!modules.isEmpty()) {
            pushed.put(inspection, Set.copyOf(modules));
        }
    }

    /**
     * Begins.
     *
     * @param listener is told of each request
     */
    void begin(MavenSession session, Exchange.Listener listener) {
        if (pushed.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, EarlyWork::daemon);
        SessionEnd.before(session, ended -> stop(threads));
        pushed.forEach((inspection, modules) -> inspection.begin(modules, threads, listener));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecr-early");
        thread.setDaemon(true);
        return thread;
    }

    /** A request that takes no notice of it is left behind: its thread keeps no JVM alive. */
    private static void stop(ExecutorService threads) {
        threads.shutdownNow();
        try {
            var unused = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
