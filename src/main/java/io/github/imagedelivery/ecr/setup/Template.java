package io.github.imagedelivery.ecr.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places that are written {@code @name@}. What is put there is not escaped: its grammar ({@link Grammar})
 * has no character that could end the place.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** Reads a template of this package. */
    static Template read(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no template " + name);
            }
            return new Template(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a template of a text. */
    static Template of(String text) {
        return new Template(text);
    }

    /** Returns the text with all places filled; a place without a value is a mistake of the caller. */
    String with(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
