package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Says in Maven's log, once in a session, whose the credentials are, where they come from no role of this plugin. It is
 * asked when something is sent or a request fails: a push that finds all as it should be does without.
 */
final class CallerLog {
    /** A push must not wait for what only its log shows. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The operations that only look. */
    private static final Pattern READS = Pattern.compile("ecr:(?:Describe|BatchGet|BatchCheck)\\w+");

    private static final String TOLD = CallerLog.class.getName();

    private final Map<String, Object> shared;
    private final LoginLog log;
    private final Duration patience;

    /**
     * Creates the log.
     *
     * @param shared data of the session, the same whichever class loader the plugin is in
     */
    CallerLog(Map<String, Object> shared, LoginLog log, Duration patience) {
        this.shared = shared;
        this.log = log;
        this.patience = patience;
    }

    /** Takes note that it is said elsewhere, as {@code ecr:check} does. */
    void saidElsewhere() {
        isFirst();
    }

    private boolean isFirst() {
        synchronized (shared) {
            return shared.put(TOLD, true) == null;
        }
    }

    /** Returns a listener that hears what the other one does, and has it asked and said when it is time. */
    Exchange.Listener beside(Exchange.Listener other, Callable<Optional<Caller>> question) {
        return exchange -> {
            other.completed(exchange);
            if (exchange.status() != HttpURLConnection.HTTP_OK
                    || !READS.matcher(exchange.request()).matches()) {
                tell(question);
            }
        };
    }

    /** Asks, and says it; says nothing where there is no answer in time. */
    private void tell(Callable<Optional<Caller>> question) {
        if (!isFirst()) {
            return;
        }
        FutureTask<Optional<Caller>> answer = new FutureTask<>(question);
        // The JDK may look up a name for longer than any limit that it can be given.
        Thread thread = new Thread(answer, "ecr-caller");
        thread.setDaemon(true);
        thread.start();
        try {
            answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).ifPresent(log::is);
        } catch (ExecutionException | TimeoutException e) {
            log.isUnknown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
