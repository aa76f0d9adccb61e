package io.github.imagedelivery.ecr.oci;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON document (RFC 8259) by recursive descent. */
final class JsonReader {
    /** Deep enough for any manifest, and far from the end of the stack. */
    private static final int MAX_DEPTH = 100;

    /** Many more than a manifest has: four MiB of the shortest objects would take 200 MiB of heap. */
    private static final int MAX_VALUES = 100_000;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private final String text;
    private int at;
    private int values;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() throws FormatException {
        Json json = value(0);
        skipSpace();
        if (at < text.length()) {
            throw wrong("nothing more");
        }
        return json;
    }

    private Json value(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " levels");
        }
        if (++values > MAX_VALUES) {
            throw wrong("at most " + MAX_VALUES + " values");
        }
        skipSpace();
        char first = at < text.length() ? text.charAt(at) : '\0';
        return switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Literal("true"));
            case 'f' -> word("false", new Json.Literal("false"));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object(int depth) throws FormatException {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        if (skip('}')) {
            return new Json.Members(members);
        }
        do {
            skipSpace();
            String name = string();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw wrong("no second member \"" + Texts.shown(name) + "\"");
            }
        } while (skip(','));
        expect('}');
        return new Json.Members(members);
    }

    private Json array(int depth) throws FormatException {
        List<Json> items = new ArrayList<>();
        at++;
        if (skip(']')) {
            return new Json.Items(items);
        }
        do {
            items.add(value(depth + 1));
        } while (skip(','));
        expect(']');
        return new Json.Items(items);
    }

    private String string() throws FormatException {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw wrong("a string");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("no control character");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return value.toString();
    }

    private char escaped() throws FormatException {
        char kind = at < text.length() ? text.charAt(at++) : '\0';
        int simple = "\"\\/bfnrt".indexOf(kind);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (kind != 'u' || at + 4 > text.length()) {
            throw wrong("an escape");
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char digit = text.charAt(at++);
            if (!HexFormat.isHexDigit(digit)) {
                throw wrong("four hex digits");
            }
            code = code * 16 + HexFormat.fromHexDigit(digit);
        }
        return (char) code;
    }

    private Json number() throws FormatException {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw wrong("a value");
        }
        at = number.end();
        return new Json.Literal(number.group());
    }

    private Json word(String word, Json value) throws FormatException {
        if (!text.startsWith(word, at)) {
            throw wrong("\"" + word + "\"");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) throws FormatException {
        if (!skip(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private boolean skip(char c) {
        skipSpace();
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private FormatException wrong(String expected) {
        return new FormatException("not JSON: " + expected + " expected at character " + at);
    }
}
