package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of an exploration as a page in Markdown. */
final class ScheduleReport {
    private final List<Question> questions = new ArrayList<>();
    private final List<String> mutations = new ArrayList<>();
    private final List<String> ways = new ArrayList<>();

    void add(Question question) {
        questions.add(question);
        question.answer()
                .broken()
                .forEach(invariant -> addWay(question + ": " + invariant.title(), question, invariant));
    }

    /** Adds what a mutation breaks. */
    void add(Question question, Invariant invariant) {
        mutations.add(Stream.of(
                        question.mutation().rule(),
                        question.cohort().title() + ", " + faults(question),
                        invariant.title(),
                        question.without(Mutation.NONE).answer().count(invariant),
                        question.answer().count(invariant),
                        question.answer().shortest(invariant).size() - 2)
                .map(String::valueOf)
                .collect(Collectors.joining(" | ", "| ", " |")));
        addWay(question + ": " + invariant.title(), question, invariant);
    }

    private void addWay(String title, Question question, Invariant invariant) {
        ways.add("### " + title);
        ways.add("");
        question.answer().shortest(invariant).forEach(step -> ways.add("    " + step));
        ways.add("");
    }

    private static String faults(Question question) {
        return question.faults() + (question.faults() == 1 ? " fault" : " faults");
    }

    private static String row(Question question) {
        Findings findings = question.answer();
        Stream<String> figures = Stream.of(findings.runs(), findings.states(), findings.steps(), findings.ends())
                .map(String::valueOf);
        Stream<String> cells = Stream.of(Invariant.values())
                .map(findings::count)
                .map(count -> count == 0 ? "." : String.valueOf(count));
        String title = question.cohort().title() + ", "
                + (question.undo() == UndoRule.NEVER ? "undo never" : question.deletion());
        return Stream.concat(Stream.of(title, faults(question)), Stream.concat(figures, cells))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Writes the page. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Schedules");
        lines.add("");
        lines.add(Stream.of(Invariant.values())
                .map(Invariant::title)
                .collect(Collectors.joining(" | ", "| runs | faults | starts | states | steps | ends | ", " |")));
        lines.add("|" + "---|".repeat(6 + Invariant.values().length));
        questions.stream().map(ScheduleReport::row).forEach(lines::add);
        lines.add("");
        Stream.of(Invariant.values())
                .map(invariant -> "- " + invariant.title() + ": " + invariant.meaning())
                .forEach(lines::add);
        lines.add("");
        lines.add("## Rules taken out");
        lines.add("");
        lines.add("| rule | runs | breaks | with the rule | without | shortest way, steps |");
        lines.add("|---|---|---|---|---|---|");
        lines.addAll(mutations);
        lines.add("");
        lines.add("## Shortest ways");
        lines.add("");
        lines.addAll(ways);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
