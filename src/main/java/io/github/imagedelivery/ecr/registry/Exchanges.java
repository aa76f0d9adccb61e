package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Causes;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Single requests whose failures are sorted into those that may pass and those that stand. */
final class Exchanges {
    /** A longer wait is not worth a build; the registry is asked again after this. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private static final Set<Integer> PASSING_REFUSALS = Set.of(408, 429);

    private final HttpTransport transport;
    private final Exchange.Listener listener;
    private final Time time;

    Exchanges(HttpTransport transport, Exchange.Listener listener, Time time) {
        this.transport = transport;
        this.listener = listener;
        this.time = time;
    }

    /** Makes the request and returns the answer, whatever its status. */
    Answer make(Call call, String authorization, Patience patience) throws AttemptException {
        try {
            return transport.send(call, authorization, patience, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AttemptException.permanent(new RegistryException(call + ": interrupted", e));
        } catch (IOException e) {
            throw broken(call, e);
        }
    }

    /**
     * Returns the failure of a request that got no whole answer; a certificate that is not trusted and a proxy's
     * refusal stay.
     */
    static AttemptException broken(Call call, IOException cause) {
        RegistryException reason =
                new RegistryException(call + ": no answer: " + Texts.shown(TransferException.said(cause)), cause);
        return Causes.includeDistrust(cause) || Causes.of(cause).anyMatch(ProxyException.class::isInstance)
                ? AttemptException.permanent(reason)
                : AttemptException.passing(reason, Duration.ZERO);
    }

    /**
     * Returns the failure of a request that was refused, with the registry's own words.
     *
     * @param secret what the words must not show, should the registry echo it
     */
    AttemptException refused(Call call, Answer answer, String secret) {
        RegistryException reason = reason(call, answer, secret);
        return answer.status() >= 500 || PASSING_REFUSALS.contains(answer.status())
                ? AttemptException.passing(reason, pause(answer))
                : AttemptException.permanent(reason);
    }

    /** Returns the failure of a request after whose refusal a fresh start may pass. */
    AttemptException doubtful(Call call, Answer answer, String secret) {
        return AttemptException.passing(reason(call, answer, secret), pause(answer));
    }

    /** Returns the failure of a request that was answered with what it must not be. */
    static AttemptException unfit(Call call, Answer answer, String problem) {
        return AttemptException.permanent(
                new RegistryException(call + ": " + answer.status() + " " + problem, answer.status(), ""));
    }

    private static RegistryException reason(Call call, Answer answer, String secret) {
        ErrorBody error = answer.error();
        return new RegistryException(call + ": " + error.shown(answer.status(), secret), answer.status(), error.code());
    }

    /** Reads {@code Retry-After}, seconds or a date (RFC 9110, section 10.2.3); zero where it is not there. */
    private Duration pause(Answer answer) {
        String value = answer.header("Retry-After").strip();
        Duration asked = Duration.ZERO;
        if (value.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            try {
                Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
                asked = Duration.between(time.now(), until);
            } catch (DateTimeParseException e) {
                // As if it had said nothing.
            }
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
