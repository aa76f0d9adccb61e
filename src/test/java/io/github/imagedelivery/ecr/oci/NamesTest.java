package io.github.imagedelivery.ecr.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
    static String[] repositories() {
        return new String[] {"ab", "a1/b2", "a.b", "a_b", "a__b", "a-b", "a---b", "a".repeat(256), "team/a/b/c"};
    }

    @ParameterizedTest
    @MethodSource("repositories")
    void readsRepositoryNames(String name) throws FormatException {
        assertThat(RepositoryName.parse(name)).hasToString(name);
    }

    static String[] wrongRepositories() {
        return new String[] {
            "",
            "a",
            "A",
            "aB",
            "-a",
            "a-",
            "a..b",
            "a___b",
            "a._b",
            "/a",
            "a/",
            "a//b",
            "a b",
            "a+b",
            "a:b",
            "é1",
            "a\n",
            "../a",
            "a%2fb",
            "a".repeat(257),
            "a/".repeat(5000) + "a"
        };
    }

    @ParameterizedTest
    @MethodSource("wrongRepositories")
    void refusesOtherRepositoryNames(String name) {
        assertThatThrownBy(() -> RepositoryName.parse(name))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(RepositoryName.GRAMMAR);
        assertThatThrownBy(() -> new RepositoryName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    static String[] tags() {
        return new String[] {"1", "_", "latest", "1.2.3-rc.1", "A_b-C.d", "a".repeat(128), "0".repeat(40)};
    }

    @ParameterizedTest
    @MethodSource("tags")
    void readsTags(String tag) throws FormatException {
        assertThat(Tag.parse(tag)).hasToString(tag);
    }

    static String[] wrongTags() {
        return new String[] {
            "", ".a", "-a", "a+b", "a b", "a/b", "a:b", "a@b", "a\n", "a\u0000", "é", "--x", "$x", "a".repeat(129)
        };
    }

    @ParameterizedTest
    @MethodSource("wrongTags")
    void refusesOtherTags(String tag) {
        assertThatThrownBy(() -> Tag.parse(tag))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(Tag.GRAMMAR);
        assertThatThrownBy(() -> new Tag(tag)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNoControlCharacterOfAWrongName() {
        assertThatThrownBy(() -> Tag.parse("v1\n::error::x\u001b[31m"))
                .hasMessageStartingWith("\"v1 ::error::x [31m\"");
    }
}
