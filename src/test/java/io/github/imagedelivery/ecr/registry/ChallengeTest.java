package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    @Test
    void readsTheParametersOfABearerChallenge() {
        assertThat(Challenge.read("Bearer realm=\"https://auth.example/token\",service=\"registry.example\","
                        + "scope=\"repository:team/base:pull,push\""))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry.example",
                                "scope", "repository:team/base:pull,push")));
    }

    @Test
    void readsWhatEcrSays() {
        assertThat(Challenge.read("Basic realm=\"https://h/\",service=\"ecr.amazonaws.com\""))
                .extracting(Challenge::scheme)
                .containsExactly("basic");
    }

    @Test
    void unescapesQuotedValuesAndTakesPlainOnes() {
        Challenge challenge = Challenge.read("BEARER Realm = \"a\\\"b\\\\c, d=e\" , error=invalid_token")
                .get(0);

        assertThat(challenge.parameter("realm")).isEqualTo("a\"b\\c, d=e");
        assertThat(challenge.parameter("error")).isEqualTo("invalid_token");
        assertThat(challenge.parameter("scope")).isEmpty();
    }

    @Test
    void tellsSeveralChallengesApart() {
        List<Challenge> challenges = Challenge.read("Negotiate, Basic realm=\"x\", Bearer realm=\"y\",service=z");

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "bearer");
        assertThat(challenges.get(2).parameter("realm")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "=", "\"Bearer\"", "realm=x", "\u0000"})
    void findsNoneInNonsense(String header) {
        assertThat(Challenge.read(header)).isEmpty();
    }

    @Test
    void endsAtAnUnclosedQuote() {
        assertThat(Challenge.read("Bearer realm=\"https://auth.example"))
                .containsExactly(new Challenge("bearer", Map.of()));
    }

    @Test
    void doesNotReadAnEndlessHeader() {
        assertThat(Challenge.read("Bearer " + "a=\"" + "\\\"".repeat(1_000_000)))
                .isEmpty();
        assertThat(Challenge.read("Bearer " + "a=\"" + "\\\"".repeat(4_000))).hasSize(1);
    }
}
