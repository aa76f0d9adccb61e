package io.github.imagedelivery.ecr.oci;

import java.util.regex.Pattern;

/**
 * A human-readable pointer to a manifest in a repository (distribution-spec, "Pulling manifests").
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 _ . -}, the first not a dot or dash
 */
public record Tag(String value) {
    /** The grammar, in words for a message. */
    public static final String GRAMMAR = "1 to 128 characters of A-Z a-z 0-9 _ . - and the first none of . -";

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /** Checks the form; a wrong one is a mistake of the caller. */
    public Tag {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a tag: " + Texts.shown(value));
        }
    }

    /** Reads a tag. */
    public static Tag parse(String text) throws FormatException {
        if (!FORM.matcher(text).matches()) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a legal tag: " + GRAMMAR);
        }
        return new Tag(text);
    }

    /** Returns the tag as it is written. */
    @Override
    public String toString() {
        return value;
    }
}
