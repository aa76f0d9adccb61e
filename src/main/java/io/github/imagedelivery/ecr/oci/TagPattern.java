package io.github.imagedelivery.ecr.oci;

import java.util.regex.Pattern;

/**
 * Names tags as a filter of ECR's tag mutability does ({@code ImageTagMutabilityExclusionFilter}): {@code *} stands for
 * any characters or none and is the only wildcard, everything else for itself, and the whole tag is compared.
 *
 * @param text the pattern; one that a service has given is taken as it is
 */
public record TagPattern(String text) {
    /** The grammar, in words for a message. */
    public static final String GRAMMAR = "1 to 128 characters of A-Z a-z 0-9 _ . - and the wildcard *";

    private static final Pattern FORM = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");

    /** Reads a pattern. */
    public static TagPattern parse(String text) throws FormatException {
        if (!FORM.matcher(text).matches()) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a pattern of tags: " + GRAMMAR);
        }
        return new TagPattern(text);
    }

    /** Tells whether the pattern stands for the tag. */
    public boolean matches(String tag) {
        int first = text.indexOf('*');
        if (first < 0) {
            return tag.equals(text);
        }
        int last = text.lastIndexOf('*');
        int end = tag.length() - (text.length() - last - 1);
        return first <= end
                && tag.startsWith(text.substring(0, first))
                && tag.endsWith(text.substring(last + 1))
                && holds(tag.substring(first, end), text.substring(first, last).split("\\*"));
    }

    /** Tells whether the parts follow one another; each is looked for once, so no pattern takes long. */
    private static boolean holds(String middle, String... parts) {
        int at = 0;
        for (String part : parts) {
            int found = middle.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    /** Returns the pattern as it is written. */
    @Override
    public String toString() {
        return text;
    }
}
