package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds reader and writer to Jackson, which writes the configs of Jib's images. */
class JsonAgainstJacksonTest {
    private static final int DOCUMENTS = 500;
    private static final String ALPHABET = "abc XYZ019\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080é€\u2028\uFFFD<>&'";

    private final ObjectMapper jackson = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Test
    void writesByteForByteWhatJacksonWrites() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < DOCUMENTS; i++) {
            Object value = value(random, 4);
            byte[] expected = jackson.writeValueAsBytes(value);

            assertThat(new String(json(value).bytes(), UTF_8)).isEqualTo(new String(expected, UTF_8));
        }
    }

    @Test
    void givesBackWhatJacksonWrote() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] document = jackson.writeValueAsBytes(value(random, 4));

            assertThat(Json.parse(document).bytes()).isEqualTo(document);
        }
    }

    @Test
    void isReadByJacksonAsItWasMeant() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < DOCUMENTS; i++) {
            Object value = value(random, 4);

            assertThat(jackson.readTree(json(value).pretty()))
                    .isEqualTo(jackson.readTree(jackson.writeValueAsBytes(value)));
        }
    }

    @Test
    void agreesWithJacksonOnWhatIsADocument() throws Exception {
        Random random = new Random(4);
        int valid = 0;
        for (int i = 0; i < 20 * DOCUMENTS; i++) {
            String document = damaged(jackson.writeValueAsString(value(random, 2)), random);
            boolean accepted = isReadByUs(document);
            valid += accepted ? 1 : 0;

            assertThat(accepted).as(document).isEqualTo(isReadByJackson(document));
        }
        assertThat(valid).isBetween(DOCUMENTS, 19 * DOCUMENTS);
    }

    private static boolean isReadByUs(String document) {
        try {
            Json.parse(document.getBytes(UTF_8));
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private boolean isReadByJackson(String document) throws IOException {
        try {
            return !jackson.readTree(document.getBytes(UTF_8)).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Changes one character of the text, drops it or doubles it. */
    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length());
        String others = "{}[]\",:0-.eE+ \\utfn/1\n";
        String[] replacements = {"", text.substring(at, at + 1).repeat(2), "" + others.charAt(random.nextInt(22)), " "};
        String replacement = replacements[random.nextInt(4)];
        return Character.isSurrogate(text.charAt(at))
                ? text
                : text.substring(0, at) + replacement + text.substring(at + 1);
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            case 2 -> random.nextBoolean();
            case 3, 4 -> text(random);
            case 5 -> List.of();
            case 6 ->
                Stream.generate(() -> value(random, depth - 1))
                        .limit(random.nextInt(5))
                        .toList();
            default -> {
                Map<String, Object> members = new LinkedHashMap<>();
                IntStream.range(0, random.nextInt(6)).forEach(i -> members.put(text(random), value(random, depth - 1)));
                yield members;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            boolean pair = random.nextInt(10) == 0;
            text.append(pair ? "\uD83D\uDE80" : "" + ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static Json json(Object value) {
        if (value instanceof Map<?, ?> map) {
            Json object = Json.object();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                object = object.with((String) member.getKey(), json(member.getValue()));
            }
            return object;
        } else if (value instanceof List<?> list) {
            List<Json> items = new ArrayList<>();
            list.forEach(item -> items.add(json(item)));
            return Json.array(items);
        } else if (value instanceof String text) {
            return Json.of(text);
        } else if (value instanceof Boolean truth) {
            return Json.of(truth.booleanValue());
        }
        return Json.of(((Number) value).longValue());
    }
}
