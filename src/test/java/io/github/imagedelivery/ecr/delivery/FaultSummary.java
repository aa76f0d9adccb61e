package io.github.imagedelivery.ecr.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the cases ended, as a page to read. */
final class FaultSummary {
    private final Map<String, Map<Turn, String>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> totals = new TreeMap<>();
    private final Map<String, Map<Fault, Map<Turn, String>>> groups = new LinkedHashMap<>();
    private int cases;

    void add(FaultCase tried, String outcome) {
        groups.computeIfAbsent(tried.group(), group -> new EnumMap<>(Fault.class))
                .computeIfAbsent(tried.fault(), fault -> new TreeMap<>())
                .put(tried.turn(), outcome);
        rows.computeIfAbsent(tried.group() + " | " + tried.fault().title, row -> new TreeMap<>())
                .put(tried.turn(), outcome);
        totals.merge(outcome, 1, Integer::sum);
        cases++;
    }

    /**
     * Returns the outcomes as tables in Markdown: how many ended how, and a row to each request, a column to each
     * fault.
     */
    List<String> matrix() {
        List<String> lines = new ArrayList<>(List.of(cases + " cases.", "", "| Outcome | Cases |", "| --- | --- |"));
        totals.forEach((outcome, number) -> lines.add("| " + outcome + " | " + number + " |"));
        lines.add("");
        lines.add(Stream.of(Fault.values())
                .map(fault -> fault.title)
                .collect(Collectors.joining(" | ", "| Request | ", " |")));
        lines.add("| --- |" + " --- |".repeat(Fault.values().length));
        groups.forEach((group, faults) -> lines.add(Stream.of(Fault.values())
                .map(fault -> cell(faults.getOrDefault(fault, Map.of())))
                .collect(Collectors.joining(" | ", "| " + group + " | ", " |"))));
        return lines;
    }

    private static String cell(Map<Turn, String> turns) {
        String letters = turns.values().stream().map(FaultSummary::letter).collect(Collectors.joining());
        return letters.isEmpty() ? "." : letters;
    }

    private static String letter(String outcome) {
        String result = outcome.replaceFirst(" .*", "");
        return switch (Result.valueOf(result)) {
            case PUBLISHED, ALREADY_PUBLISHED -> "P";
            case FAILED_CLEAN -> "C";
            case REFUSED -> "R";
            case FAILED_LEFT_SHA -> "L";
            case SUPERSEDED -> "S";
            case UNKNOWN -> "U";
        };
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
