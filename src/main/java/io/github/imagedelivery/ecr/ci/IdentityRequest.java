package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Echo;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * A token that the CI system gives on request, a new one each time. A CI system that is overloaded for a moment is asked
 * again, since nothing else would be done instead.
 */
final class IdentityRequest implements IdentitySource {
    private static final int TRIES = 4;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final String LATER =
            "start the job again; if it fails each time, see whether the CI system has a disturbance, and whether a proxy"
                    + " lies between (<proxy> in settings.xml, -Dhttps.proxyHost)";

    private final String name;
    private final TokenRequest request;
    private final Expectation expectation;
    private final LongPredicate pause;

    /**
     * Creates the source.
     *
     * @param pause waits for so many milliseconds; tells whether there is more to do
     */
    IdentityRequest(String name, TokenRequest request, Expectation expectation, LongPredicate pause) {
        this.name = name;
        this.request = request;
        this.expectation = expectation;
        this.pause = pause;
    }

    /**
     * What is to come of the request.
     *
     * @param member where the answer has the token
     * @param remedy what to do if the CI system refuses
     */
    record Expectation(String member, String remedy) {}

    /** Waits on the wall clock; not so once the thread is interrupted, which it stays. */
    static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isRenewable() {
        return true;
    }

    @Override
    public IdentityToken fetch() throws IdentityException {
        String failure = "";
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (attempt > 0 && !pause.test(FIRST_PAUSE_MILLIS << (attempt - 1))) {
                throw failed("interrupted after " + failure, LATER);
            }
            try {
                TokenRequest.Answer answer = request.send(LIMIT);
                if (!PASSING.contains(answer.status())) {
                    return token(answer);
                }
                failure = refusal(answer);
            } catch (IOException e) {
                failure = Texts.shown(
                        e.getClass().getSimpleName() + ": " + withoutSecret(String.valueOf(e.getMessage())));
            }
        }
        throw failed(failure + " (" + TRIES + " tries)", LATER);
    }

    private IdentityToken token(TokenRequest.Answer answer) throws IdentityException {
        if (answer.status() / 100 != 2) {
            throw failed(refusal(answer), expectation.remedy);
        }
        String token = answer.member(expectation.member)
                .orElseThrow(() -> failed("the answer has no \"" + expectation.member + "\"", LATER));
        try {
            return IdentityToken.of(token);
        } catch (IdentityException e) {
            throw failed(e.getMessage(), LATER);
        }
    }

    /** The status, and the reason that GitHub, Buildkite and Azure DevOps alike give under that name. */
    private String refusal(TokenRequest.Answer answer) {
        String reason = answer.member("message").map(this::withoutSecret).orElse("");
        return Texts.shown(("HTTP status " + answer.status() + " " + reason).strip());
    }

    private String withoutSecret(String words) {
        return Echo.without(request.authorization().secret(), words);
    }

    private IdentityException failed(String reason, String remedy) {
        return new IdentityException(
                name + ", " + request.address().getHost() + ": no identity token: " + reason, remedy);
    }

    @Override
    public String toString() {
        return name;
    }
}
