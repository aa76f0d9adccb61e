package io.github.imagedelivery.ecr.oci;

import java.util.regex.Pattern;

/**
 * The name of a repository inside its registry (distribution-spec, "Pulling manifests"; length as ECR's
 * {@code CreateRepository} demands it).
 *
 * @param value 2 to 256 characters: lower-case words joined by {@code . _ __ -} and slashes
 */
public record RepositoryName(String value) {
    /** The grammar, in words for a message. */
    public static final String GRAMMAR =
            "2 to 256 characters: words of a-z 0-9, joined by single . _ - (or __) and divided by /";

    private static final Pattern FORM =
            Pattern.compile("(?:[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*/)*[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");

    /** Checks the form; a wrong one is a mistake of the caller. */
    public RepositoryName {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("not a repository name: " + Texts.shown(value));
        }
    }

    /** Reads a repository name. */
    public static RepositoryName parse(String text) throws FormatException {
        if (!isLegal(text)) {
            throw new FormatException("\"" + Texts.shown(text) + "\" is not a legal repository name: " + GRAMMAR);
        }
        return new RepositoryName(text);
    }

    private static boolean isLegal(String text) {
        return text.length() >= 2 && text.length() <= 256 && FORM.matcher(text).matches();
    }

    /** Returns the name as it is written. */
    @Override
    public String toString() {
        return value;
    }
}
