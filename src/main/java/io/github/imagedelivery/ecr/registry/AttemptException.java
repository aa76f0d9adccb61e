package io.github.imagedelivery.ecr.registry;

import java.time.Duration;

/** Thrown when one try failed: what the caller will be told, and whether another try may pass. */
final class AttemptException extends Exception {
    private final RegistryException reason;
    private final boolean passing;
    private final Duration pause;

    private AttemptException(RegistryException reason, boolean passing, Duration pause) {
        super(reason);
        this.reason = reason;
        this.passing = passing;
        this.pause = pause;
    }

    /** Returns a failure that the next try would meet again. */
    static AttemptException permanent(RegistryException reason) {
        return new AttemptException(reason, false, Duration.ZERO);
    }

    /**
     * Returns a failure that may pass.
     *
     * @param pause how long the registry asks to be left alone; zero when it did not say
     */
    static AttemptException passing(RegistryException reason, Duration pause) {
        return new AttemptException(reason, true, pause);
    }

    boolean isPassing() {
        return passing;
    }

    Duration pause() {
        return pause;
    }

    /** Returns what to tell the caller after so many tries. */
    RegistryException after(int tries) {
        if (tries == 1) {
            return reason;
        }
        String message = reason.getMessage() + " (" + tries + " tries)";
        return reason.status() == RegistryException.NO_ANSWER
                ? new RegistryException(message, reason)
                : new RegistryException(message, reason.status(), reason.code());
    }
}
