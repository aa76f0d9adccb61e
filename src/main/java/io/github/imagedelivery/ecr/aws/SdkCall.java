package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;

/** One call of an operation: it counts the requests that the SDK makes of it, and gives its failure our words. */
final class SdkCall {
    /** Under which {@link SdkCalls} finds the call that a request belongs to. */
    static final ExecutionAttribute<SdkCall> ATTRIBUTE = new ExecutionAttribute<>("ecr-call");

    /** Enough for a refusal of IAM, which names a principal, an action, a resource and a reason. */
    private static final int LONGEST_MESSAGE = 1000;

    /** Failures of the one connection that a request is then never sent over. */
    private static final List<Class<? extends IOException>> UNCONNECTED =
            List.of(ConnectException.class, UnknownHostException.class, NoRouteToHostException.class);

    /** What AWS calls a session that has ended, in its JSON and in its query protocol. */
    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken");

    private final String operation;
    private final Exchange.Listener listener;
    private final @Nullable Signed signed;
    private @Nullable Exchange open;
    private boolean started;

    /** By whom and for what a request is signed. */
    private record Signed(Signer signer, Signer.Purpose purpose) {}

    private SdkCall(String operation, Exchange.Listener listener, @Nullable Signed signed) {
        this.operation = operation;
        this.listener = listener;
        this.signed = signed;
    }

    /**
     * Creates a call that is signed.
     *
     * @param operation the operation as IAM names it, for example {@code ecr:PutImage}
     */
    static SdkCall signed(String operation, Signer signer, Signer.Purpose purpose) {
        return new SdkCall(operation, purpose.listener(), new Signed(signer, purpose));
    }

    /** Creates a call that needs no credentials. */
    static SdkCall unsigned(String operation, Exchange.Listener listener) {
        return new SdkCall(operation, listener, null);
    }

    /**
     * Makes the call; the request must be given the configuration. Where the credentials have expired under way it is
     * made once more with new ones: what is refused for that was not done.
     */
    <T> T run(Function<Consumer<AwsRequestOverrideConfiguration.Builder>, T> request) throws AwsException {
        if (signed == null) {
            return attempt(request);
        }
        int credentials = signed.signer.prepare(signed.purpose);
        try {
            return attempt(request);
        } catch (AwsException e) {
            if (EXPIRED.contains(e.code()) && signed.signer.replace(credentials, signed.purpose)) {
                return attempt(request);
            }
            throw e;
        }
    }

    private <T> T attempt(Function<Consumer<AwsRequestOverrideConfiguration.Builder>, T> request) throws AwsException {
        started = false;
        try {
            return request.apply(configuration -> configuration.putExecutionAttribute(ATTRIBUTE, this));
        } catch (RuntimeException e) {
            // Also what the SDK's client-side code throws raw: no unchecked exception leaves this package.
            throw failure(e);
        } finally {
            answered(0, 0);
        }
    }

    /** Takes note of a request that goes out; one before it that is still open got no answer. */
    void sending(String host, long bytes) {
        answered(0, 0);
        started = true;
        open = new Exchange(host, operation, 0, bytes, 0);
    }

    /** Takes note of the answer to the open request, if there is one. */
    void answered(int status, long bytes) {
        if (open != null) {
            listener.completed(new Exchange(open.host(), operation, status, open.sent(), bytes));
            open = null;
        }
    }

    /** Returns the exception for an answer that cannot be, which leaves the outcome of a write unknown. */
    AwsException strange(String problem) {
        return new AwsException(operation + ": " + problem, AwsException.NO_ANSWER, 200, null);
    }

    /** Returns the exception for an item that the service listed among the failures of a batch. */
    AwsException listed(@Nullable String code, @Nullable String reason) {
        String name = Optional.ofNullable(code).orElse("UnnamedFailure");
        return new AwsException(message(name, Optional.ofNullable(reason).orElse("")), name, 200, null);
    }

    private AwsException failure(RuntimeException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            AwsErrorDetails details = answered.awsErrorDetails();
            String code =
                    Optional.ofNullable(details).map(AwsErrorDetails::errorCode).orElse(AwsException.NO_ANSWER);
            String words = Optional.ofNullable(details)
                    .map(AwsErrorDetails::errorMessage)
                    .orElse("HTTP status " + answered.statusCode());
            return new AwsException(message(code, words), code, answered.statusCode(), null);
        }
        Optional<CredentialChain.NoCredentials> none = cause(thrown, CredentialChain.NoCredentials.class);
        if (none.isPresent()) {
            String words = "no AWS credentials: " + none.get().getMessage();
            return new AwsException(operation + ": " + words, AwsException.NO_CREDENTIALS, 0, null);
        }
        boolean unsent = !started
                || UNCONNECTED.stream().anyMatch(type -> cause(thrown, type).isPresent());
        String code = unsent ? AwsException.NOT_SENT : AwsException.NO_ANSWER;
        String words = Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getSimpleName());
        return new AwsException(
                message(code, words), code, 0, cause(thrown, IOException.class).orElse(null));
    }

    /**
     * The first line alone: where a signature is wrong, AWS repeats the signed headers, session token included, below.
     */
    private String message(String code, String words) {
        String first = words.strip().lines().findFirst().orElse("");
        return operation + ": " + Texts.shown(code) + ": " + Texts.shown(first, LONGEST_MESSAGE);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Tells whether the service asks to slow down, in any of the ways in which ECR says so. */
    static boolean isThrottling(Throwable thrown) {
        boolean named = thrown instanceof AwsServiceException answered
                && answered.awsErrorDetails() != null
                && "ThrottleException".equals(answered.awsErrorDetails().errorCode());
        return named || (thrown instanceof SdkServiceException service && service.isThrottlingException());
    }
}
