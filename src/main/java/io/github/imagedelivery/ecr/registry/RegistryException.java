package io.github.imagedelivery.ecr.registry;

/**
 * Thrown when a registry refuses a request, answers what it must not, or cannot be reached. The message reads
 * {@code METHOD host/path: status CODE message}; it holds no query, no header and no credential.
 */
public final class RegistryException extends Exception {
    /** {@link #status()} of a request that got no answer. */
    public static final int NO_ANSWER = 0;

    /** {@link #code()} of a request that was not made, because the build must not use the network. */
    public static final String OFFLINE = "OFFLINE";

    private final int status;
    private final String code;

    /**
     * Creates the exception.
     *
     * @param status HTTP status; {@link #NO_ANSWER} when none came
     * @param code the first error code of the answer's body, as the distribution specification names it; may be empty
     */
    public RegistryException(String message, int status, String code) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Creates the exception for a request that got no answer. */
    public RegistryException(String message, Throwable cause) {
        super(message, cause);
        this.status = NO_ANSWER;
        this.code = "";
    }

    /** Returns the HTTP status, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }

    /** Returns the first error code of the answer ({@code MANIFEST_UNKNOWN}, {@code DENIED}, ...); may be empty. */
    public String code() {
        return code;
    }
}
