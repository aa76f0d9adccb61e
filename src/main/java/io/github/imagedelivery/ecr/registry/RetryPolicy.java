package io.github.imagedelivery.ecr.registry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * Makes tries until one succeeds or none is left, with full jitter between them. Retries draw on a budget that the
 * whole session shares and that successes fill again: a registry that is down is not stormed by every module at once.
 */
final class RetryPolicy {
    private static final int BUDGET = 50;
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** The upper bound of the first wait; each further one is twice as long, up to {@link #LONGEST}. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int tries;
    private final Time time;
    private final DoubleSupplier random;
    private final AtomicInteger budget = new AtomicInteger(BUDGET);

    /**
     * Creates the policy.
     *
     * @param random gives numbers from 0 inclusive to 1 exclusive
     */
    RetryPolicy(int tries, Time time, DoubleSupplier random) {
        this.tries = tries;
        this.time = time;
        this.random = random;
    }

    /** One try. */
    interface Attempt<T> {
        /**
         * Makes the try.
         *
         * @param earlier how many were made before
         */
        T run(int earlier) throws AttemptException;
    }

    /** Returns what the first successful try gave. */
    <T> T run(Operation operation, Attempt<T> attempt) throws RegistryException {
        for (int earlier = 0; ; earlier++) {
            try {
                T result = attempt.run(earlier);
                budget.updateAndGet(left -> Math.min(left + 1, BUDGET));
                return result;
            } catch (AttemptException e) {
                Duration pause = pause(earlier, e.pause());
                if (!e.isPassing() || earlier + 1 >= tries || !operation.outlasts(pause) || !takeFromBudget()) {
                    throw e.after(earlier + 1);
                }
                sleep(pause, e.after(earlier + 1));
            }
        }
    }

    private Duration pause(int earlier, Duration asked) {
        long bound = Math.min(FIRST.toMillis() << Math.min(earlier, 10), LONGEST.toMillis());
        long jittered = SHORTEST.toMillis() + (long) (random.getAsDouble() * (bound - SHORTEST.toMillis()));
        return asked.toMillis() > jittered ? asked : Duration.ofMillis(jittered);
    }

    private boolean takeFromBudget() {
        return budget.getAndUpdate(left -> Math.max(left - 1, 0)) > 0;
    }

    private void sleep(Duration pause, RegistryException reason) throws RegistryException {
        if (Thread.currentThread().isInterrupted()) {
            throw reason;
        }
        try {
            time.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }
}
