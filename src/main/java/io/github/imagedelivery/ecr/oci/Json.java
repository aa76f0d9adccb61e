package io.github.imagedelivery.ecr.oci;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON value (RFC 8259), immutable, with the order of members kept: digests are computed over what is written.
 *
 * <p>Reading is lenient in what it is asked (a member that is not there is {@link Missing}, so look-ups chain) and
 * strict in what it parses: no comments, no trailing content, no duplicate members, at most 100 levels deep and 100,000
 * values large.
 */
public sealed interface Json {
    /** An object. */
    record Members(Map<String, Json> members) implements Json {
        /** Copies the members in their order. */
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /** An array. */
    record Items(List<Json> items) implements Json {
        /** Copies the items. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /** A number, {@code true} or {@code false}: kept as it was written, so that nothing is lost on the way through. */
    record Literal(String value) implements Json {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /** The value {@code null}. */
    record Null() implements Json {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /** What a look-up gives that found nothing; never part of a document. */
    record Missing() implements Json {}

    /** Reads a document from UTF-8; bytes that are none are refused rather than replaced. */
    static Json parse(byte[] utf8) throws FormatException {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FormatException("not JSON: the bytes are not UTF-8");
        }
    }

    /** Reads a document. */
    static Json parse(String text) throws FormatException {
        return new JsonReader(text).document();
    }

    /** Returns an object without members, to be filled by {@link #with}. */
    static Json object() {
        return new Members(Map.of());
    }

    /** Returns an array. */
    static Json array(Collection<? extends Json> items) {
        return new Items(List.copyOf(items));
    }

    /** Returns an array of strings. */
    static Json texts(Collection<String> texts) {
        return new Items(texts.stream().<Json>map(Json::of).toList());
    }

    /** Returns a string. */
    static Json of(String text) {
        return new Text(text);
    }

    /** Returns a number. */
    static Json of(long number) {
        return new Literal(Long.toString(number));
    }

    /** Returns {@code true} or {@code false}. */
    static Json of(boolean value) {
        return new Literal(Boolean.toString(value));
    }

    /** Returns the member of this object; {@link Missing} where there is none, {@code null} included. */
    default Json get(String name) {
        Json found = members().get(name);
        return found == null || found instanceof Null ? new Missing() : found;
    }

    /** Tells whether a look-up found nothing. */
    default boolean isMissing() {
        return this instanceof Missing;
    }

    /** Returns the members of an object in their order; none for any other value. */
    default Map<String, Json> members() {
        return Map.of();
    }

    /** Returns the items of an array; none for any other value. */
    default List<Json> items() {
        return List.of();
    }

    /** Returns the value of a string; empty for any other value. */
    default Optional<String> text() {
        return this instanceof Text text ? Optional.of(text.value) : Optional.empty();
    }

    /** Returns the value of a whole number within 64 bits; empty for any other value. */
    default OptionalLong number() {
        if (this instanceof Literal literal && literal.value.matches("-?[0-9]{1,19}")) {
            try {
                return OptionalLong.of(Long.parseLong(literal.value));
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Tells whether the value is {@code true}. */
    default boolean isTrue() {
        return this instanceof Literal literal && literal.value.equals("true");
    }

    /** Returns this object with the member set: in its old place where it was there, else at the end. */
    default Json with(String name, Json value) {
        Map<String, Json> changed = new LinkedHashMap<>(members());
        changed.put(name, value);
        return new Members(changed);
    }

    /** Returns this object without the member. */
    default Json without(String name) {
        Map<String, Json> changed = new LinkedHashMap<>(members());
        changed.remove(name);
        return new Members(changed);
    }

    /** Returns this array with the items put behind its own. */
    default Json plus(Collection<? extends Json> more) {
        List<Json> all = new ArrayList<>(items());
        all.addAll(more);
        return new Items(all);
    }

    /** Returns the document in UTF-8 without any white space. */
    default byte[] bytes() {
        return JsonWriter.compact(this).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the document for a reader: two spaces a level, a line break at the end. */
    default String pretty() {
        return JsonWriter.pretty(this);
    }
}
