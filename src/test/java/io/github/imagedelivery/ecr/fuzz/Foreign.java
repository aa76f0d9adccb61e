package io.github.imagedelivery.ecr.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** What others may send: texts, bytes and documents, made up or right but for a few places. */
public final class Foreign {
    private static final String HOSTILE = "\"\\/:;,.@#?&=+%$*~!|<>(){}[]'`^_- \t\r\n\0\u001b\u007f\u0080\u0085\u00e9"
            + "\u200b\u2028\u202e\ufeff\uffff\u0130\u0661\u00bd\ud83d\ude80";
    private static final int MOST_EDITS = 4;
    private static final int SHORTEST_LEAK = 12;

    private Foreign() {}

    /** Texts of letters and of all that means something to some reader, unpaired surrogates among it. */
    public static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withChars(HOSTILE)
                .withCharRange('a', 'z')
                .withCharRange('A', 'F')
                .withCharRange('0', '9')
                .ofMaxLength(60);
    }

    /** Any bytes. */
    public static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(600);
    }

    /** The bytes, cut, shifted, repeated, overwritten or left as they are, in up to four places. */
    public static Arbitrary<byte[]> damaged(byte[]... whole) {
        Arbitrary<byte[]> strange =
                Arbitraries.oneOf(text().map(text -> text.getBytes(UTF_8)), bytes().map(Foreign::beginning));
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.integers().between(0, 40),
                        strange)
                .as(Edit::new);
        return Combinators.combine(Arbitraries.of(whole), edit.list().ofMaxSize(MOST_EDITS))
                .as(Foreign::edited);
    }

    /** The text, damaged in the same way. */
    public static Arbitrary<String> damaged(String... whole) {
        byte[][] bytes = new byte[whole.length][];
        for (int i = 0; i < whole.length; i++) {
            bytes[i] = whole[i].getBytes(UTF_8);
        }
        return damaged(bytes).map(result -> new String(result, UTF_8));
    }

    /** The text, damaged and made fit for the value of an HTTP header, where line breaks cannot be. */
    public static Arbitrary<String> damagedHeader(String... whole) {
        return damaged(whole)
                .map(text -> new String(text.getBytes(UTF_8), ISO_8859_1)
                        .replaceAll("[\r\n\0]", "")
                        .strip());
    }

    /** JSON documents. */
    public static Arbitrary<Json> json() {
        Arbitrary<Json> leaf = Arbitraries.frequencyOf(
                Tuple.of(4, text().map(Json::of)),
                Tuple.of(2, Arbitraries.longs().map(Json::of)),
                Tuple.of(1, Arbitraries.of(Json.of(true), Json.of(false), new Json.Null())),
                Tuple.of(1, Arbitraries.of("1e400", "-0.0", "1E+2", "0.1").map(Json.Literal::new)));
        return Arbitraries.recursive(() -> leaf, Foreign::around, 0, 3);
    }

    /** Secrets of the shapes that are known: what is sent to a registry and to AWS, or stands in an address. */
    public static Arbitrary<String> secrets() {
        return Arbitraries.oneOf(logins(), webTokens(), keyIds());
    }

    /** The parameter of {@code Basic}: any base64, or a user and a password of up to 2.5 KiB as ECR gives them. */
    public static Arbitrary<String> logins() {
        Arbitrary<String> passwords = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(18)
                .ofMaxSize(1400)
                .map(Base64.getEncoder()::encodeToString);
        return Arbitraries.oneOf(
                passwords,
                passwords.map(password -> Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8))));
    }

    /** JSON web tokens. */
    public static Arbitrary<String> webTokens() {
        Arbitrary<String> part = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(20)
                .ofMaxSize(400)
                .map(Base64.getUrlEncoder().withoutPadding()::encodeToString);
        return Combinators.combine(part, part)
                .as((claims, signature) -> "eyJhbGciOiJSUzI1NiJ9." + claims + "." + signature);
    }

    /** Ids of AWS access keys. */
    public static Arbitrary<String> keyIds() {
        Arbitrary<String> rest = Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('2', '7')
                .ofLength(16);
        return Combinators.combine(Arbitraries.of("AKIA", "ASIA"), rest).as(String::concat);
    }

    /** Tells whether the text holds the secret or twelve characters of it in a row. */
    public static boolean gives(String text, String secret) {
        for (int at = 0; at + SHORTEST_LEAK <= secret.length(); at++) {
            if (text.contains(secret.substring(at, at + SHORTEST_LEAK))) {
                return true;
            }
        }
        return false;
    }

    /** The document with up to three of its values replaced by others, of whatever kind. */
    public static Arbitrary<Json> changed(Json... whole) {
        Arbitrary<Tuple2<Integer, Json>> change = Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000), json())
                .as(Tuple::of);
        return Combinators.combine(Arbitraries.of(whole), change.list().ofMaxSize(3))
                .as((json, changes) -> {
                    Json result = json;
                    for (Tuple2<Integer, Json> each : changes) {
                        result = replaced(result, each.get1() % values(result), each.get2());
                    }
                    return result;
                });
    }

    /** Returns how many values the document has, itself and what its objects and arrays hold. */
    private static int values(Json json) {
        return 1
                + json.members().values().stream().mapToInt(Foreign::values).sum()
                + json.items().stream().mapToInt(Foreign::values).sum();
    }

    private static Json replaced(Json json, int place, Json other) {
        if (place == 0) {
            return other;
        }
        int left = place - 1;
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            int values = values(member.getValue());
            if (left < values) {
                return json.with(member.getKey(), replaced(member.getValue(), left, other));
            }
            left -= values;
        }
        List<Json> items = new ArrayList<>(json.items());
        for (int i = 0; i < items.size() && left >= 0; i++) {
            int values = values(items.get(i));
            if (left < values) {
                items.set(i, replaced(items.get(i), left, other));
            }
            left -= values;
        }
        return Json.array(items);
    }

    private static Arbitrary<Json> around(Arbitrary<Json> inner) {
        return Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(Json::array),
                Arbitraries.maps(text(), inner).ofMaxSize(4).map(Foreign::object));
    }

    private static Json object(Map<String, Json> members) {
        Json object = Json.object();
        for (Map.Entry<String, Json> member : members.entrySet()) {
            object = object.with(member.getKey(), member.getValue());
        }
        return object;
    }

    private static byte[] beginning(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, 16));
    }

    private enum Kind {
        CUT,
        DELETE,
        INSERT,
        OVERWRITE,
        REPEAT
    }

    /** One place that is changed; the position is taken modulo the length. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Edit(Kind kind, int position, int length, byte[] strange) {
        byte[] of(byte[] bytes) {
            int at = position % (bytes.length + 1);
            int end = Math.min(bytes.length, at + length);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            switch (kind) {
                case CUT -> end = bytes.length;
                case DELETE -> {}
                case INSERT -> {
                    out.writeBytes(strange);
                    end = at;
                }
                case OVERWRITE -> {
                    out.writeBytes(strange);
                    end = Math.min(bytes.length, at + strange.length);
                }
                case REPEAT -> {
                    out.write(bytes, at, end - at);
                    end = at;
                }
            }
            out.write(bytes, end, bytes.length - end);
            return out.toByteArray();
        }
    }

    private static byte[] edited(byte[] whole, List<Edit> edits) {
        byte[] bytes = whole;
        for (Edit edit : edits) {
            bytes = edit.of(bytes);
        }
        return bytes;
    }
}
