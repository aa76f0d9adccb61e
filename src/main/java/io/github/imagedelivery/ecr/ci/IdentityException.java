package io.github.imagedelivery.ecr.ci;

/**
 * Thrown when a job's identity token cannot be had. The message names the source and says why, in the words of the CI
 * system where it has said something; it never holds a token.
 */
public final class IdentityException extends Exception {
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param message the source, and why it gave no token
     * @param remedy what to do about it: the exact variable, parameter or lines of YAML; may have several lines
     */
    public IdentityException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** Returns the source, and why it gave no token. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Returns what to do about it; may have several lines. */
    public String remedy() {
        return remedy;
    }
}
