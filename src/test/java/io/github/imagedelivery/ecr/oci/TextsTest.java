package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u001b", "\u0000", "\u007f", "\u009b", "\u2028", "\u202e", "\u200b", "\ud83d"})
    void replacesWhatCannotBeSeenOrMovesTheCursor(String hostile) {
        assertThat(Texts.shown("a" + hostile + "b")).isEqualTo("a b");
    }

    @Test
    void leavesPlainTextAsItIs() {
        assertThat(Texts.shown("größe: 5 € \uD83D\uDE80")).isEqualTo("größe: 5 € \uD83D\uDE80");
    }

    @ParameterizedTest
    @CsvSource({
        "the token eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln is wrong, the token *** is wrong",
        "user ASIAIOSFODNN7EXAMPLE, user ***",
        "Authorization: Basic QVdTOmNhbmFyeQ==, Authorization: Basic ***",
        "bearer abc.def-ghi, bearer ***",
        "https://storage.example/key?X-Amz-Signature=0123&a=b, https://storage.example/key?X-Amz-Signature=***&a=***",
        "x-amz-security-token:IQoJb3JpZ2lu, x-amz-security-token:***",
        "Credential=canary/20261125, Credential=***"
    })
    void hidesWhatHasTheShapeOfASecret(String foreign, String shown) {
        assertThat(Texts.shown(foreign)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "::error::x > : :error::x",
                "' \u200b\n\t::set-output name=a::b' > : :set-output name=a::b",
                "x ##[error]y > x # #[error]y",
                "##vso[task.setvariable variable=PATH]/x > # #vso[task.setvariable variable=PATH]/x",
                "###[error]y > ## #[error]y",
                "a::b > a::b",
                "## heading > ## heading"
            })
    void breaksUpWhatARunnerWouldTakeForACommand(String foreign, String shown) {
        assertThat(Texts.shown(foreign)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "999, 999 bytes", "1000, 1.0 kB", "999949, 999.9 kB", "1000000, 1.0 MB"})
    void saysHowManyBytes(long bytes, String words) {
        assertThat(Texts.size(bytes)).isEqualTo(words);
    }

    @Test
    void hidesASecretThatTheCutWouldGoThrough() {
        assertThat(Texts.shown("no Basic " + "canary".repeat(500))).isEqualTo("no Basic ***");
    }

    @Test
    void cutsALongTextBetweenCharacters() {
        assertThat(Texts.shown("\uD83D\uDE80".repeat(201))).isEqualTo("\uD83D\uDE80".repeat(200) + "...");
        assertThat(Texts.shown("x".repeat(200))).hasSize(200);
        assertThat(Texts.shown("abcdef", 3)).isEqualTo("abc...");
    }
}
