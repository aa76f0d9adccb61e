package io.github.imagedelivery.ecr.ci;

/** Thrown when a working copy is there but cannot be read; the message is in Git's own words. */
public final class WorkingCopyException extends Exception {
    /** Creates the exception. */
    public WorkingCopyException(String message) {
        super(message);
    }

    /** Creates the exception. */
    public WorkingCopyException(String message, Throwable cause) {
        super(message, cause);
    }
}
