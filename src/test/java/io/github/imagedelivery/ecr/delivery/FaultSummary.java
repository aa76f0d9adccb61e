package io.github.imagedelivery.ecr.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** How the cases ended, as a page to read. */
final class FaultSummary {
    private final Map<String, Map<Turn, String>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> totals = new TreeMap<>();
    private int cases;

    void add(FaultCase tried, String outcome) {
        rows.computeIfAbsent(tried.group() + " | " + tried.fault().title, row -> new TreeMap<>())
                .put(tried.turn(), outcome);
        totals.merge(outcome, 1, Integer::sum);
        cases++;
    }

    int cases() {
        return cases;
    }

    void write(Path file, Duration time) throws IOException {
        StringBuilder page = new StringBuilder("# Fault matrix\n\n")
                .append(cases)
                .append(" pushes, each met by one fault and followed by one without. \"then\" says how that one ended")
                .append(" where it was not ALREADY_PUBLISHED. The second is the repetition of the first where a push")
                .append(" makes such a request once; then the first meets the fault too.\n\nIn all ")
                .append(time.toSeconds())
                .append(" s.\n\n")
                .append("| outcome | cases |\n|---|---|\n");
        totals.forEach((outcome, number) ->
                page.append("| ").append(outcome).append(" | ").append(number).append(" |\n"));
        page.append("\n| request | fault | first | second | all |\n|---|---|---|---|---|\n");
        rows.forEach((row, turns) -> {
            page.append("| ").append(row);
            turns.values().forEach(outcome -> page.append(" | ").append(outcome));
            page.append(" |\n");
        });
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
    }
}
