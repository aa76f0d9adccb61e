package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Says how far works have come. Owns the wording. */
final class ProgressText {
    private static final int SECONDS_IN_MINUTE = 60;

    private ProgressText() {}

    /** Says it of one work in a sentence: {@code orders: stage, 12.3 MB of 80.1 MB, 1.2 MB/s, 57 s left}. */
    static String line(Standing work) {
        List<String> parts = new ArrayList<>(cells(work));
        String name = parts.remove(0);
        parts.removeIf(String::isEmpty);
        return name + ": " + String.join(", ", parts);
    }

    /** Says it of several works in columns. */
    static List<String> table(List<Standing> works) {
        List<List<String>> rows = works.stream().map(ProgressText::cells).toList();
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> padded(row, widths)).toList();
    }

    private static String padded(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + (widths[i] == 0 ? 0 : 2)));
        }
        return line.toString().stripTrailing();
    }

    private static List<String> cells(Standing work) {
        boolean isCounted = work.expected() > 0;
        return List.of(
                work.name(),
                work.phase(),
                isCounted ? Texts.size(work.moved()) + " of " + Texts.size(work.expected()) : "",
                work.moved() < work.expected() ? rate(work.rate()) : "",
                work.secondsLeft().isPresent()
                        ? time(work.secondsLeft().getAsLong()) + " left"
                        : "for " + time(work.since().toSeconds()));
    }

    private static String rate(OptionalLong bytes) {
        return bytes.isPresent() ? Texts.size(bytes.getAsLong()) + "/s" : "";
    }

    private static String time(long seconds) {
        return seconds < SECONDS_IN_MINUTE
                ? seconds + " s"
                : seconds / SECONDS_IN_MINUTE + " min " + seconds % SECONDS_IN_MINUTE + " s";
    }
}
