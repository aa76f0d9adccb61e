package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":{\"c\":[true,false,null,\"\"]}}",
                "[1,-0,0.5,1E400,-2e-7,12345678901234567890]",
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f/é€\"",
                "{}",
                "[]",
                "null"
            })
    void writesWhatItHasReadWithNumbersAndOrderKept(String document) throws FormatException {
        String written = document.replace("\\u007f", "\u007f");

        assertThat(new String(Json.parse(document).bytes(), UTF_8)).isEqualTo(written);
    }

    @Test
    void skipsWhiteSpace() throws FormatException {
        assertThat(Json.parse(" \t\r\n{ \"a\" : [ 1 , 2 ] } \n")).hasToString("{\"a\":[1,2]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{'a':1}",
                "{\"a\":1}{}",
                "[1]x",
                "tru",
                "True",
                "nul",
                "NaN",
                "Infinity",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "0x10",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u٠٠٤١\"",
                "\"line\nbreak\"",
                "\"tab\t\"",
                "/* c */ 1",
                "// c\n1",
                "\uFEFF1",
                "1 2",
                "[1 2]"
            })
    void refusesWhatIsNotJson(String document) {
        assertThatThrownBy(() -> Json.parse(document))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"a\":null,\"a\":1}", "{\"a\":1,\"\\u0061\":2}"})
    void refusesADuplicateMember(String document) {
        assertThatThrownBy(() -> Json.parse(document)).hasMessageContaining("no second member \"a\"");
    }

    @Test
    void readsDownToAHundredLevelsAndNoDeeper() throws FormatException {
        String deepest = "[".repeat(101) + "]".repeat(101);

        assertThat(Json.parse(deepest)).hasToString(deepest);
        assertThatThrownBy(() -> Json.parse("[" + deepest + "]")).hasMessageContaining("at most 100 levels");
    }

    @Test
    void refusesABombWithoutOverflowingTheStack() {
        assertThatThrownBy(() -> Json.parse("{\"a\":[".repeat(1_000_000))).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22c328", "22c0af22", "22eda08022", "22f888808022", "22ff22"})
    void refusesBytesThatAreNotUtf8(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> Json.parse(bytes)).hasMessage("not JSON: the bytes are not UTF-8");
    }

    @Test
    void keepsHalfASurrogatePairThatWasEscaped() throws FormatException {
        Json json = Json.parse("\"a\\ud83d!\"");

        assertThat(Json.parse(json.bytes())).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void readsWholeNumbersOf64Bits(String document, long number) throws FormatException {
        assertThat(Json.parse(document).number()).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1.0", "1e3", "\"1\"", "true", "null", "[1]"})
    void hasNoWholeNumberInAnythingElse(String document) throws FormatException {
        assertThat(Json.parse(document).number()).isEmpty();
    }

    @Test
    void looksUpWithoutComplaint() throws FormatException {
        Json json = Json.parse("{\"a\":{\"b\":\"c\"},\"n\":null,\"t\":true}");

        assertThat(json.get("a").get("b").text()).hasValue("c");
        assertThat(json.get("x").get("y").isMissing()).isTrue();
        assertThat(json.get("n").isMissing()).isTrue();
        assertThat(json.get("a").text()).isEmpty();
        assertThat(json.get("a").items()).isEmpty();
        assertThat(json.get("t").isTrue()).isTrue();
        assertThat(json.get("a").isTrue()).isFalse();
    }

    @Test
    void replacesAMemberInItsPlaceAndAddsANewOneAtTheEnd() {
        Json json = Json.object().with("a", Json.of(1)).with("b", Json.of(2));

        assertThat(json.with("a", Json.of("x")).with("c", Json.of(true)))
                .hasToString("{\"a\":\"x\",\"b\":2,\"c\":true}");
        assertThat(json.without("a")).hasToString("{\"b\":2}");
        assertThat(json).hasToString("{\"a\":1,\"b\":2}");
    }

    @Test
    void appendsToAnArray() {
        assertThat(Json.texts(List.of("a")).plus(List.of(Json.of(1)))).hasToString("[\"a\",1]");
    }

    @Test
    void keepsItsOwnCopyOfWhatItIsMadeOf() {
        Map<String, Json> members = new LinkedHashMap<>(Map.of("a", Json.of(1)));
        Json json = new Json.Members(members);
        members.clear();

        assertThat(json).hasToString("{\"a\":1}");
        assertThatThrownBy(() -> json.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesToWriteWhatWasNotFound() {
        Json json = Json.object().with("a", Json.object().get("nothing"));

        assertThatThrownBy(json::bytes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesForAReader() throws FormatException {
        assertThat(Json.parse("{\"a\":[1,{}],\"b\":[]}").pretty()).isEqualTo("""
                        {
                          "a": [
                            1,
                            {}
                          ],
                          "b": []
                        }
                        """);
    }
}
