package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Causes;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of an operation: it tells of the requests that are made for it, and gives its failure our words. */
final class AwsCall {
    /** Enough for a refusal of IAM, which names a principal, an action, a resource and a reason. */
    private static final int LONGEST_MESSAGE = 1000;

    /** Failures of the one connection that a request is then never sent over. */
    private static final List<Class<? extends IOException>> UNCONNECTED =
            List.of(ConnectException.class, UnknownHostException.class, NoRouteToHostException.class);

    /** What AWS calls a session that has ended, in its JSON and in its query protocol. */
    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken");

    private final AwsApi api;
    private final String operation;
    private final Optional<Signer> signer;
    private final Signer.Purpose purpose;
    private @Nullable Exchange open;
    private boolean started;

    /**
     * Creates a call, yet to be made.
     *
     * @param signer signs it; empty where it needs no credentials
     */
    AwsCall(AwsApi api, String operation, Optional<Signer> signer, Signer.Purpose purpose) {
        this.api = api;
        this.operation = operation;
        this.signer = signer;
        this.purpose = purpose;
    }

    /** Returns the operation as the service calls it. */
    String operation() {
        return operation;
    }

    Optional<Signer> signer() {
        return signer;
    }

    Site site() {
        return purpose.site();
    }

    /** Makes the call of what can be asked any number of times; what may pass is tried again. */
    Answer read(Json parameters) throws AwsException {
        return run(parameters, Retries.TRIES);
    }

    /** Makes the call once, so that its outcome is known. */
    Answer write(Json parameters) throws AwsException {
        return run(parameters, 1);
    }

    /**
     * Makes the call. Where the credentials have expired under way it is made once more with new ones: what is refused
     * for that was not done.
     */
    private Answer run(Json parameters, int tries) throws AwsException {
        if (signer.isEmpty()) {
            return attempts(parameters, tries);
        }
        int credentials = signer.get().prepare(purpose);
        try {
            return attempts(parameters, tries);
        } catch (AwsException e) {
            if (EXPIRED.contains(e.code()) && signer.get().replace(credentials, purpose)) {
                return attempts(parameters, tries);
            }
            throw e;
        }
    }

    private Answer attempts(Json parameters, int tries) throws AwsException {
        long end = System.nanoTime() + api.service().limit().toNanos();
        int made = 0;
        while (true) {
            try {
                return attempt(parameters, end);
            } catch (AwsException e) {
                made++;
                if (made == tries || !Retries.mayPass(e) || !paused(Retries.pauseMillis(e, made), end)) {
                    throw e;
                }
            }
        }
    }

    /** Waits, unless nothing would be left of the time of the call, or the build is told to end. */
    private boolean paused(long millis, long end) {
        if (left(end).toMillis() <= millis) {
            return false;
        }
        try {
            api.wire().pause(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private Answer attempt(Json parameters, long end) throws AwsException {
        started = false;
        Duration ahead = api.clock().ahead();
        try {
            Reply reply = api.send(this, parameters, left(end));
            // What is refused for the time of its signature was not done, and is made again with the right one.
            boolean again = !reply.isSuccess()
                    && api.clock().isSetBy(ahead, refusal(reply).code().orElse(""), reply.date());
            return answer(again ? api.send(this, parameters, left(end)) : reply);
        } catch (IOException | RuntimeException e) {
            // Also what the SDK throws raw: no unchecked exception leaves this package.
            throw failure(e);
        } finally {
            answered(0, 0);
        }
    }

    private Protocol.Refusal refusal(Reply reply) {
        return api.service().protocol().refusal(reply);
    }

    private Answer answer(Reply reply) throws AwsException, IOException {
        if (reply.body().length > Wire.longest(reply.status())) {
            throw strange("the answer is longer than " + Wire.longest(reply.status()) + " bytes");
        }
        if (!reply.isSuccess()) {
            Protocol.Refusal refusal = refusal(reply);
            String code = refusal.code().orElse(AwsException.NO_ANSWER);
            String words = refusal.words().orElse(reply.toString());
            throw new AwsException(message(code, words), code, reply.status(), null);
        }
        try {
            return new Answer(this, api.service().protocol().answer(operation, reply.body()));
        } catch (FormatException e) {
            // As a rule it has broken off, which the JDK does not say of every answer.
            throw new IOException("the answer cannot be read: " + e.getMessage());
        }
    }

    /** Takes note of a request that goes out; one before it that is still open got no answer. */
    void sending(String host, long bytes) {
        answered(0, 0);
        started = true;
        open = new Exchange(host, name(), 0, bytes, 0);
    }

    /** Takes note of the answer to the open request, if there is one. */
    void answered(int status, long bytes) {
        if (open != null) {
            purpose.listener().completed(new Exchange(open.host(), name(), status, open.sent(), bytes));
            open = null;
        }
    }

    /** Returns the operation as IAM names it, for example {@code ecr:PutImage}. */
    private String name() {
        return api.service().id() + ":" + operation;
    }

    /** Returns the exception for an answer that cannot be, which leaves the outcome of a write unknown. */
    AwsException strange(String problem) {
        return new AwsException(name() + ": " + problem, AwsException.NO_ANSWER, 200, null);
    }

    /** Returns the exception for an item that the service listed among the failures of a batch. */
    AwsException listed(String code, String reason) {
        String named = code.isEmpty() ? "UnnamedFailure" : code;
        return new AwsException(message(named, reason), named, 200, null);
    }

    private AwsException failure(Exception thrown) {
        Optional<CredentialChain.NoCredentials> none = cause(thrown, CredentialChain.NoCredentials.class);
        if (none.isPresent()) {
            String words = "no AWS credentials: " + none.get().getMessage();
            return new AwsException(name() + ": " + words, AwsException.NO_CREDENTIALS, 0, null);
        }
        boolean unsent = !started
                || UNCONNECTED.stream().anyMatch(type -> cause(thrown, type).isPresent());
        String code = unsent ? AwsException.NOT_SENT : AwsException.NO_ANSWER;
        return new AwsException(
                message(code, words(thrown)),
                code,
                0,
                cause(thrown, IOException.class).orElse(null));
    }

    private static String words(Exception thrown) {
        if (thrown instanceof IllegalArgumentException) {
            // The JDK repeats the header that it refuses, which may be a session token.
            return "the request cannot be made; as a rule there is a line break in one of the AWS keys";
        }
        String said = Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getSimpleName());
        return thrown instanceof UnknownHostException ? "there is no host " + said : said;
    }

    /**
     * The first line alone: where a signature is wrong, AWS repeats the signed headers, session token included, below.
     */
    private String message(String code, String words) {
        String first = words.strip().lines().findFirst().orElse("");
        return name() + ": " + Texts.shown(code) + ": " + Texts.shown(first, LONGEST_MESSAGE);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return Causes.of(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }
}
