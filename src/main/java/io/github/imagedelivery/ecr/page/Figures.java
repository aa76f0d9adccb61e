package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.oci.Texts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small pieces of every page: numbers with their units, digests, times, facts, tables. */
public final class Figures {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int SHORT_DIGEST = 19;
    private static final long MILLIS_IN_SECOND = 1_000;
    private static final long MILLIS_IN_MINUTE = 60_000;

    private Figures() {}

    /** Returns how long something took: {@code 38 ms}, {@code 1.25 s}, {@code 2 min 5 s}. */
    static String duration(long millis) {
        if (millis < MILLIS_IN_SECOND) {
            return millis + " ms";
        }
        return millis < MILLIS_IN_MINUTE
                ? String.format(Locale.ROOT, "%.2f s", millis / (double) MILLIS_IN_SECOND)
                : millis / MILLIS_IN_MINUTE + " min " + millis % MILLIS_IN_MINUTE / MILLIS_IN_SECOND + " s";
    }

    /** Returns a part of a whole: {@code 97%}; what is not all is never called so. */
    static String percent(long part, long whole) {
        long percent = whole == 0 ? 0 : Math.round(100.0 * part / whole);
        if (part < whole && percent == 100) {
            return "99.9%";
        }
        return percent + "%";
    }

    /** Returns a count with its noun. */
    public static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** Returns a number of bytes for a table. */
    public static Html size(long bytes) {
        return Html.text(Texts.size(bytes));
    }

    /** Returns the beginning of a digest, and all of it to who points at it. */
    public static Html digest(String digest) {
        String shown = digest.length() > SHORT_DIGEST ? digest.substring(0, SHORT_DIGEST) : digest;
        return Html.of("code", shown).with("title", digest);
    }

    /** Returns a time. */
    public static Html time(Instant instant) {
        return Html.of("time", TIME.format(instant))
                .with("datetime", instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Returns a name and its value, for a list of facts. */
    public static Html fact(String name, Html value) {
        return Html.of("div", Html.of("dt", name), Html.of("dd", value));
    }

    /** Returns a text with a button that copies it. */
    public static Html copied(String text, String what) {
        Html button = Html.of("button", "Copy")
                .with("type", "button")
                .with("data-copy", text)
                .with("aria-label", "Copy " + what)
                .with("hidden", "");
        return Html.of("span", Html.of("code", text), button).in("copied");
    }

    /** Returns a square in the looks of what it stands for. */
    static Html mark(String look) {
        Html square =
                Html.of("rect").with("width", "100%").with("height", "100%").in(look);
        return Html.of("svg", square).with("aria-hidden", "true").in("mark");
    }

    /**
     * Returns a table that scrolls in itself where it is wider than the page.
     *
     * @param look its class in the style sheet
     * @param caption what is in it
     */
    public static Html table(String look, String caption, List<String> columns, List<Html> rows) {
        List<Html> heads = columns.stream()
                .map(column -> Html.of("th", column).with("scope", "col"))
                .toList();
        Html table = Html.of(
                "table",
                Html.of("caption", caption).in("unseen"),
                Html.of("thead", Html.of("tr", heads)),
                Html.of("tbody", rows));
        return Html.of("div", table)
                .with("role", "region")
                .with("aria-label", caption)
                .with("tabindex", "0")
                .in("scroll " + look);
    }

    /** Returns a row of a table; its first cell names it. */
    public static Html row(Html name, Html... cells) {
        List<Html> row = new ArrayList<>();
        row.add(Html.of("th", name).with("scope", "row"));
        for (Html cell : cells) {
            row.add(Html.of("td", cell));
        }
        return Html.of("tr", row);
    }
}
