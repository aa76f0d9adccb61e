package io.github.imagedelivery.ecr.image;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets that can be told by their text alone, so sharply that code which only speaks of them is not taken for one.
 */
enum SecretShape {
    /** PEM, OpenSSH and PGP: the header with content behind it, as plain text or in a string of JSON. */
    PRIVATE_KEY(
            "a private key",
            "-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\\\\[nr]|\\s)*+"
                    + "(?:[A-Z][A-Za-z-]{2,12}: ?[^\\r\\n]{0,200}(?:\\\\[nr]|\\s)++){0,4}+[A-Za-z0-9+/=]{32}",
            "PRIVATE KEY"),
    /** PuTTY's own form. */
    PUTTY_KEY("a private key of PuTTY", "PuTTY-User-Key-File-[0-9]: \\S", "PuTTY-User-Key-File-"),
    /** Ids of access keys do not lie about alone. Those in the manuals of AWS end in EXAMPLE. */
    AWS_KEY(
            "an AWS access key",
            "(?<![A-Za-z0-9+/])A[KS]IA(?!.{9}EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9+/])",
            "AKIA",
            "ASIA"),
    /** Fine-grained, classic and other tokens. */
    GITHUB_TOKEN(
            "a token of GitHub",
            "\\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})",
            "gho_",
            "ghp_",
            "ghs_",
            "ghu_",
            "ghr_",
            "github_pat_"),
    /** Tokens of users, projects and groups. */
    GITLAB_TOKEN("a token of GitLab", "\\bglpat-[A-Za-z0-9_-]{20}", "glpat-"),
    /** Tokens of users and bots. */
    SLACK_TOKEN("a token of Slack", "\\bxox[abprs]-[A-Za-z0-9-]{20}", "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-");

    private final String words;
    private final Pattern form;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> hints;

    /** Each text of the form holds one of the hints: to look for fixed characters first costs next to nothing. */
    SecretShape(String words, String form, String... hints) {
        this.words = words;
        this.form = Pattern.compile(form);
        this.hints = List.of(hints);
    }

    /** Returns the first shape that is in the text. */
    static Optional<SecretShape> in(String text) {
        return Stream.of(values()).filter(shape -> shape.isIn(text)).findFirst();
    }

    private boolean isIn(String text) {
        return hints.stream().anyMatch(text::contains) && form.matcher(text).find();
    }

    /** Returns what it is, for a message. */
    String words() {
        return words;
    }
}
