package io.github.imagedelivery.ecr.page;

import java.util.Locale;

/**
 * How a delivery ended, as a page shows it.
 *
 * @param mood its class in the style sheet, for a good end, a bad one or an open one
 * @param words a few words
 * @param meaning what that means for the tags
 */
record Verdict(String mood, String words, String meaning) {
    static Verdict of(String result, String phase) {
        return switch (result) {
            case "PUBLISHED" -> good("Published", "All tags point at this image.");
            case "ALREADY_PUBLISHED" ->
                good("Already published", "All tags pointed at this image before; nothing was written.");
            case "REFUSED" -> bad("Refused", "It ended before any tag was touched.");
            case "FAILED_CLEAN" -> bad("Failed", "Every tag is as it was before.");
            case "FAILED_LEFT_SHA" -> bad("Failed, a tag is left", "A tag that this run wrote was not taken back.");
            case "SUPERSEDED" -> bad("Superseded", "Another image has one of the tags by now.");
            case "UNKNOWN" -> bad("Not known", "A write got no answer; running again settles it.");
            default -> unfinished(phase);
        };
    }

    private static Verdict unfinished(String phase) {
        return phase.equals("staged")
                ? new Verdict("open", "Staged", "All content is there by digest; no tag was touched yet.")
                : new Verdict("open", "Not finished", "It goes on, or was stopped in the phase \"" + phase + "\".");
    }

    private static Verdict good(String words, String meaning) {
        return new Verdict("good", words, meaning);
    }

    private static Verdict bad(String words, String meaning) {
        return new Verdict("bad", words, meaning);
    }

    /** Returns the words in their looks; a sign says the same as the colour. */
    Html badge() {
        return badge(words);
    }

    /** Returns the words behind a count. */
    Html badge(int count) {
        return badge(count + " " + words.toLowerCase(Locale.ROOT));
    }

    private Html badge(String text) {
        String sign = mood.equals("good") ? "\u2713" : mood.equals("bad") ? "\u2715" : "\u2026";
        Html mark = Html.of("span", sign).with("aria-hidden", "true");
        return Html.of("span", mark, Html.text(" " + text)).in("badge " + mood);
    }
}
