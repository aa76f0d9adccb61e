package io.github.imagedelivery.ecr.aws;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** The time that requests are signed with: this machine's, until AWS refuses a signature and has quite another. */
final class SigningClock {
    /** What AWS says where the time of a signature is too far from its own. */
    private static final Set<String> REFUSALS = Set.of(
            "RequestTimeTooSkewed",
            "RequestExpired",
            "RequestInTheFuture",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "AuthFailure");

    /** AWS tolerates five minutes. */
    private static final Duration TOLERATED = Duration.ofMinutes(4);

    private final InstantSource machine;
    private volatile Duration ahead = Duration.ZERO;

    SigningClock(InstantSource machine) {
        this.machine = machine;
    }

    /** Returns a clock that stands at the time to sign with. */
    Clock now() {
        return Clock.fixed(machine.instant().plus(ahead), ZoneOffset.UTC);
    }

    /** Returns how far the clock is ahead of this machine's. */
    Duration ahead() {
        return ahead;
    }

    /**
     * Sets the clock to that of AWS, if what it refuses was signed with a time that is far from it.
     *
     * @param signedAhead how far the clock was ahead when that was signed: another thread may have set it since
     * @param code what AWS has called its refusal
     * @param date the header {@code Date} of it
     * @return whether the same request may pass now
     */
    boolean isSetBy(Duration signedAhead, String code, String date) {
        if (!REFUSALS.contains(code)) {
            return false;
        }
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Duration difference = Duration.between(machine.instant(), theirs);
            if (difference.minus(signedAhead).abs().compareTo(TOLERATED) < 0) {
                return false;
            }
            ahead = difference;
            return true;
        } catch (DateTimeException e) {
            return false; // whoever has answered does not say what time it is
        }
    }
}
