package io.github.imagedelivery.ecr.registry;

import java.time.Duration;

/** One call of a {@link Repository}'s method with all its requests and tries: their common deadline. */
final class Operation {
    private final Time time;
    private final Duration idle;
    private final long deadline;
    private boolean renewed;

    Operation(Time time, Registries.Settings settings) {
        this.time = time;
        this.idle = settings.idleTimeout();
        this.deadline = time.nanoTime() + settings.deadline().toNanos();
    }

    /** Returns the limits of the next request. */
    Patience patience() {
        return new Patience(time, idle, deadline);
    }

    /** Tells whether there is time left after the wait. */
    boolean outlasts(Duration wait) {
        return time.nanoTime() + wait.toNanos() - deadline < 0;
    }

    /** Tells whether a refused authorization may be renewed, which is done once. */
    boolean mayRenew() {
        return !renewed;
    }

    /** Notes that the authorization was renewed, or that there is no other. */
    void hasRenewed() {
        renewed = true;
    }
}
