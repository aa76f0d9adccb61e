package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the XML that AWS answers with as JSON: an element that holds elements is an object of the first of each name,
 * any other is its text. Attributes and the prefixes of names are left out. There are no document types here, and so no
 * entity but the five of XML's own.
 */
final class XmlReader {
    /** Far deeper than any answer. */
    private static final int MAX_DEPTH = 50;

    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

    private final String text;
    private int at;

    private XmlReader(String text) {
        this.text = text;
    }

    /** Returns the document as an object whose only member is the root. */
    static Json read(byte[] utf8) throws FormatException {
        try {
            return new XmlReader(
                            UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString())
                    .document();
        } catch (CharacterCodingException e) {
            throw new FormatException("not XML: the bytes are not UTF-8");
        }
    }

    private Json document() throws FormatException {
        skip("\uFEFF");
        if (skip("<?xml ")) {
            upTo("?>");
        }
        Map<String, Json> root = new LinkedHashMap<>();
        around();
        element(root, 0);
        around();
        if (at < text.length()) {
            throw wrong("nothing more");
        }
        return new Json.Members(root);
    }

    /** Skips what may stand around the root. */
    private void around() throws FormatException {
        do {
            blank();
        } while (comment());
    }

    /** Reads an element into those around it. */
    private void element(Map<String, Json> siblings, int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " levels");
        }
        expect("<");
        String name = name();
        blank();
        while (!next("/") && !next(">")) {
            attribute();
            blank();
        }
        boolean empty = skip("/");
        expect(">");
        Json content = empty ? Json.of("") : content(name, depth);
        siblings.putIfAbsent(local(name), content);
    }

    private void attribute() throws FormatException {
        name();
        blank();
        expect("=");
        blank();
        String quote = next("'") ? "'" : "\"";
        expect(quote);
        if (upTo(quote).contains("<")) {
            throw wrong("no \"<\" in an attribute");
        }
    }

    private Json content(String name, int depth) throws FormatException {
        Map<String, Json> children = new LinkedHashMap<>();
        StringBuilder words = new StringBuilder();
        while (!skip("</")) {
            if (skip("<![CDATA[")) {
                words.append(upTo("]]>"));
            } else if (skip("&")) {
                words.append(referred(upTo(";")));
            } else if (!comment()) {
                if (next("<")) {
                    element(children, depth + 1);
                } else {
                    words.append(plain());
                }
            }
        }
        expect(name);
        blank();
        expect(">");
        return children.isEmpty() ? Json.of(words.toString()) : new Json.Members(children);
    }

    private String plain() throws FormatException {
        int from = at;
        while (at < text.length() && "<&".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == text.length()) {
            throw wrong("an end");
        }
        return text.substring(from, at);
    }

    private String referred(String reference) throws FormatException {
        String entity = ENTITIES.get(reference);
        if (entity != null) {
            return entity;
        }
        boolean hex = reference.startsWith("#x");
        if (!reference.matches("#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}")) {
            throw wrong("a reference to a character");
        }
        int character = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
        if (!Character.isValidCodePoint(character)) {
            throw wrong("a reference to a character that there is");
        }
        return Character.toString(character);
    }

    private String name() throws FormatException {
        int from = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw wrong("a name");
        }
        return text.substring(from, at);
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "_:-.".indexOf(c) >= 0;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Skips a comment; tells whether there was one. */
    private boolean comment() throws FormatException {
        boolean there = skip("<!--");
        if (there) {
            upTo("-->");
        }
        return there;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Goes behind what ends with this, and returns it without its end. */
    private String upTo(String end) throws FormatException {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw wrong(end);
        }
        String before = text.substring(at, found);
        at = found + end.length();
        return before;
    }

    private boolean next(String expected) {
        return text.startsWith(expected, at);
    }

    private boolean skip(String expected) {
        boolean there = next(expected);
        if (there) {
            at += expected.length();
        }
        return there;
    }

    private void expect(String expected) throws FormatException {
        if (!skip(expected)) {
            throw wrong(expected);
        }
    }

    private FormatException wrong(String expected) {
        return new FormatException("not XML: " + expected + " expected at character " + at);
    }
}
