package io.github.imagedelivery.ecr.aws;

/**
 * Thrown when AWS refuses a call, cannot be reached, or no credentials are found. The message reads
 * {@code ecr:Operation: Code: message} in the service's own words; it holds no credential.
 */
public final class AwsException extends Exception {
    /** {@link #code()} when no source of the default chain gave credentials. */
    public static final String NO_CREDENTIALS = "NoCredentials";

    /** {@link #code()} when no region is configured. */
    public static final String NO_REGION = "NoRegion";

    /** {@link #code()} when no answer came, or one that is no error of the service. */
    public static final String NO_ANSWER = "NoAnswer";

    private final String code;
    private final int status;

    /**
     * Creates the exception.
     *
     * @param code error code of the service ({@code RepositoryNotFoundException}), or one of the constants here
     * @param status HTTP status; 0 when no answer came
     * @param cause what the SDK threw
     */
    public AwsException(String message, String code, int status, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
    }

    /** Returns the error code of the service, or one of the constants here. */
    public String code() {
        return code;
    }

    /** Returns the HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /**
     * Tells whether the service has certainly not done what was asked: it answered with a 4xx other than 408 and 429.
     * Anything else leaves the outcome of a write unknown.
     */
    public boolean isDefinite() {
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }
}
