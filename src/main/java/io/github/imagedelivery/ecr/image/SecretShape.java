package io.github.imagedelivery.ecr.image;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets that can be told by their text alone, so sharply that code which only speaks of them is not taken for one. */
enum SecretShape {
    /** PEM, OpenSSH and PGP: the header with content behind it, as plain text or in a string of JSON. */
    PRIVATE_KEY(
            "a private key",
            "PRIVATE KEY",
            "-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\\\[nr]|\\s)*+"
                    + "(?:[A-Z][A-Za-z-]{2,12}: ?[^\\r\\n]{0,200}(?:\\\\[nr]|\\s)++){0,4}+[A-Za-z0-9+/=]{32}"),
    /** PuTTY's own form. */
    PUTTY_KEY("a private key of PuTTY", "PuTTY-User-Key-File-", "PuTTY-User-Key-File-[0-9]: \\S"),
    /** Ids of access keys do not lie about alone. Those in the manuals of AWS end in EXAMPLE. */
    AWS_KEY("an AWS access key", "IA", "(?<![A-Za-z0-9+/])A[KS]IA(?!.{9}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9+/])"),
    /** Fine-grained, classic and other tokens. */
    GITHUB_TOKEN("a token of GitHub", "_", "\\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})"),
    /** Tokens of users, projects and groups. */
    GITLAB_TOKEN("a token of GitLab", "glpat-", "\\bglpat-[A-Za-z0-9_-]{20}"),
    /** Tokens of users and bots. */
    SLACK_TOKEN("a token of Slack", "xox", "\\bxox[abprs]-[A-Za-z0-9-]{20}");

    private final String words;
    private final String hint;
    private final Pattern form;

    SecretShape(String words, String hint, String form) {
        this.words = words;
        this.hint = hint;
        this.form = Pattern.compile(form);
    }

    /** Returns the first shape that is in the text. */
    static Optional<SecretShape> in(String text) {
        return Stream.of(values())
                // A look for fixed characters costs next to nothing.
                .filter(shape ->
                        text.contains(shape.hint) && shape.form.matcher(text).find())
                .findFirst();
    }

    /** Returns what it is, for a message. */
    String words() {
        return words;
    }
}
