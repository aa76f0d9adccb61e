package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTest {
    /** {@code AWS:secret?canary>}. */
    private static final String LOGIN = "QVdTOnNlY3JldD9jYW5hcnk+";

    @ParameterizedTest
    @CsvSource({
        "QVdTOnNlY3JldD9jYW5hcnk+, ***",
        "no QVdTOnNlY3JldD9jYW5hcnk+ here, no *** here",
        "QVdTOnNlY3JldD9jYW5hcnk+QVdTOnNlY3JldD9jYW5hcnk+, ******",
        "cut QVdTOnNlY3Jl..., cut ***...",
        "QVdTOnNlY3JldD9jYW5hcnk%2B, ***",
        "password secret?canary>, password ***",
        "QVdTOn is too little, QVdTOn is too little"
    })
    void hidesWhatWasSent(String echoed, String shown) {
        assertThat(Echo.without(LOGIN, echoed)).isEqualTo(shown);
    }

    @Test
    void changesNothingWhereNothingWasSent() {
        assertThat(Echo.without("", "denied")).isEqualTo("denied");
    }
}
