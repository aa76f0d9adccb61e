package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SigningClockTest {
    private static final String TOO_FAR = "RequestTimeTooSkewed";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ONE = "Sun, 01 Mar 2026 13:00:00 GMT";

    private final SigningClock clock = new SigningClock(() -> NOON);

    @Test
    void takesTheTimeOfAws() {
        assertThat(clock.isSetBy(Duration.ZERO, TOO_FAR, ONE)).isTrue();

        assertThat(clock.now().instant()).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void doesNotLetTheSamePassASecondTime() {
        clock.isSetBy(Duration.ZERO, TOO_FAR, ONE);

        assertThat(clock.isSetBy(clock.ahead(), TOO_FAR, ONE)).isFalse();
    }

    @Test
    void letsPassWhatWasSignedBeforeAnotherThreadHasSetIt() {
        Duration before = clock.ahead();
        clock.isSetBy(before, TOO_FAR, ONE);

        assertThat(clock.isSetBy(before, TOO_FAR, ONE)).isTrue();
    }

    @Test
    void staysWhereTheRefusalHasAnotherReason() {
        assertThat(clock.isSetBy(Duration.ZERO, "AccessDeniedException", ONE)).isFalse();
        assertThat(clock.isSetBy(Duration.ZERO, TOO_FAR, "no date")).isFalse();
        assertThat(clock.isSetBy(Duration.ZERO, TOO_FAR, "Sun, 01 Mar 2026 12:03:00 GMT"))
                .isFalse();
        assertThat(clock.now().instant()).isEqualTo(NOON);
    }
}
