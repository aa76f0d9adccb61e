package io.github.imagedelivery.ecr.aws;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** {@link #code()} when the request has not left this machine: nothing was resolved, connected or allowed. */
    public static final String NOT_SENT = "NotSent";

    /** {@link #code()} when the job's identity token cannot be had, so that no role was asked for. */
    public static final String NO_IDENTITY_TOKEN = "NoIdentityToken";

    private static final Set<String> BEFORE_SENDING = Set.of(NO_CREDENTIALS, NO_REGION, NOT_SENT, NO_IDENTITY_TOKEN);

    private static final Set<String> INCOMPLETE =
            Set.of("LayersNotFoundException", "ReferencedImagesNotFoundException");
    private static final Set<String> THROTTLED = Set.of("ThrottlingException", "ThrottleException");

    private final String code;
    private final int status;
    private final @Nullable Advice advice;

    /**
     * Creates the exception.
     *
     * @param code error code of the service ({@code RepositoryNotFoundException}), or one of the constants here
     * @param status HTTP status; 0 when no answer came
     * @param cause why no answer came; {@code null} when the service answered
     */
    public AwsException(String message, String code, int status, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
        this.advice = null;
    }

    private AwsException(AwsException refusal, Advice advice) {
        super(refusal.getMessage(), refusal.getCause());
        this.code = refusal.code;
        this.status = refusal.status;
        this.advice = advice;
    }

    /** Returns the same with what the user can do about it. */
    AwsException advised(Advice words) {
        return new AwsException(this, words);
    }

    /** Returns what the user can do about it, where only this package knows that. */
    public Optional<Advice> advice() {
        return Optional.ofNullable(advice);
    }

    /** Returns the error code of the service, or one of the constants here. */
    public String code() {
        return code;
    }

    /** Returns the HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /** Tells whether the service has refused a manifest since something that it names is not in the repository. */
    public boolean isMissingContent() {
        return INCOMPLETE.contains(code);
    }

    /**
     * Tells whether the service has answered, but one of the items not as it should: it listed a failure, or the answer
     * cannot be believed.
     */
    public boolean isOfAnAnswer() {
        return status == 200;
    }

    /**
     * Tells whether the service has refused because it is asked too often, in either of the ways in which ECR says so.
     */
    public boolean isThrottling() {
        return THROTTLED.contains(code);
    }

    /**
     * Tells whether the service has certainly not done what was asked: nothing was sent, it answered with a 4xx other
     * than 408 and 429, or it answered a batch with 200 and listed the item among the failures. Anything else leaves
     * the outcome of a write unknown.
     */
    public boolean isDefinite() {
        boolean refused = status >= 400 && status < 500 && status != 408 && status != 429;
        boolean listed = status == 200 && !code.equals(NO_ANSWER);
        return refused || listed || BEFORE_SENDING.contains(code);
    }
}
