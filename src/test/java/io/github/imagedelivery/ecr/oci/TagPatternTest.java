package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPatternTest {
    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, mains, false",
        "*, anything, true",
        "**, anything, true",
        "*-SNAPSHOT, 1.4.0-SNAPSHOT, true",
        "*-SNAPSHOT, -SNAPSHOT, true",
        "*-SNAPSHOT, 1.4.0-SNAPSHOT-dirty, false",
        "*-SNAPSHOT, 1.4.0-snapshot, false",
        "feature-*, feature-, true",
        "feature-*, a-feature-b, false",
        "1.2, 1x2, false",
        "a*b*c, a-b-c, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "a*b*b, ab, false",
        "ab*bc, abc, false",
        "ab*bc, abbc, true",
        "*x*y*, 1y2x3y4, true",
        "*x*y*, 1y2x3, false",
    })
    void standsForWholeTags(String pattern, String tag, boolean matches) throws FormatException {
        assertThat(TagPattern.parse(pattern).matches(tag)).isEqualTo(matches);
    }

    @Test
    void takesNoTimeForManyWildcards() throws FormatException {
        TagPattern pattern = TagPattern.parse("*a".repeat(63) + "*b");

        assertThat(pattern.matches("a".repeat(128))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a?", "[a]", "a/b", "v1+2", "ä", "a\n"})
    void refusesWhatEcrWouldNotTakeForAFilter(String text) {
        assertThatThrownBy(() -> TagPattern.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith(
                        "is not a pattern of tags: 1 to 128 characters of A-Z a-z 0-9 _ . - and the wildcard *");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> TagPattern.parse("a".repeat(129))).isInstanceOf(FormatException.class);
    }
}
