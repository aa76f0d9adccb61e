package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What became of the images of a build, in Markdown: a table for each. */
final class Summary {
    private static final long MILLIS_IN_SECOND = 1_000;
    private static final int LONGEST_CELL = 1_000;

    /** Characters that mean something in Markdown or HTML, wherever they stand in a cell. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_~\\[\\]<>|&#!$]");

    private Summary() {}

    /**
     * Writes the summary.
     *
     * @param most the most bytes of it; images that do not fit are counted in the last line
     */
    static String of(List<Outcome> outcomes, int most) {
        StringBuilder summary = new StringBuilder("### Images for Amazon ECR\n");
        long bytes = bytes(summary.toString()) + bytes(more(outcomes.size()));
        int told = 0;
        for (Outcome outcome : outcomes) {
            String table = table(outcome);
            bytes += bytes(table);
            if (bytes > most) {
                break;
            }
            summary.append(table);
            told++;
        }
        if (told < outcomes.size()) {
            summary.append(more(outcomes.size() - told));
        }
        return bytes(summary.toString()) > most ? "" : summary.toString();
    }

    private static long bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static String more(int count) {
        return "\nToo long to tell of here: " + count + " more.\n";
    }

    private static String table(Outcome outcome) {
        StringBuilder table = new StringBuilder(
                "\n#### " + cell(outcome.module()) + ": " + cell(outcome.result()) + "\n\n| | |\n| --- | --- |\n");
        outcome.image().ifPresent(image -> {
            row(table, "image", cell(image.reference()));
            row(
                    table,
                    "tags",
                    Texts.enumerated(image.tags().stream().map(Summary::cell).toList()));
            row(table, "digest", cell(image.digest()));
        });
        outcome.content().ifPresent(content -> {
            row(table, "size", part(content.bytes(), content.blobs()));
            row(table, "reused", part(content.reusedBytes(), content.reusedBlobs()));
        });
        if (!outcome.milliseconds().isEmpty()) {
            row(table, "time", time(outcome.milliseconds()));
        }
        if (!outcome.error().isEmpty()) {
            row(table, "error", outcome.error().stream().map(Summary::cell).collect(Collectors.joining("<br>")));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String name, String value) {
        table.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String part(long bytes, long blobs) {
        return Texts.size(bytes) + " in " + blobs + (blobs == 1 ? " blob" : " blobs");
    }

    private static String time(Map<String, Long> milliseconds) {
        return milliseconds.entrySet().stream()
                .map(phase -> cell(phase.getKey()) + " " + time(phase.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String time(long milliseconds) {
        return milliseconds < MILLIS_IN_SECOND
                ? milliseconds + " ms"
                : String.format(Locale.ROOT, "%.1f s", milliseconds / (double) MILLIS_IN_SECOND);
    }

    private static String cell(String text) {
        return MARKUP.matcher(Texts.shown(text, LONGEST_CELL)).replaceAll("\\\\$0");
    }
}
