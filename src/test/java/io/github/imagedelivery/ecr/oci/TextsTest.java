package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void cutsALongTextBetweenCharacters() {
        assertThat(Texts.shown("\uD83D\uDE80".repeat(201))).isEqualTo("\uD83D\uDE80".repeat(200) + "...");
        assertThat(Texts.shown("x".repeat(200))).hasSize(200);
        assertThat(Texts.shown("abcdef", 3)).isEqualTo("abc...");
    }
}
