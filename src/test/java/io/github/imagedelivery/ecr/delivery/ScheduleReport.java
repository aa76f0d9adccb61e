package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.local.PairDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of an exploration as a page in Markdown. */
final class ScheduleReport {
    /** The head of the table that tells what the rules are needed for. */
    static final List<String> RULES = List.of(
            "| Rule | Runs | Breaks | With the rule | Without | Shortest way, steps |",
            "| --- | --- | --- | --- | --- | --- |");

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
        mutations.add(row(question, invariant));
        addWay(question + ": " + invariant.title(), question, invariant);
    }

    /** Returns a row that tells what the rule is needed for that the question leaves out. */
    static String row(Question question, Invariant invariant) {
        return row(Stream.of(
                question.mutation().rule(),
                question.cohort().title() + ", " + faults(question),
                invariant.title(),
                number(question.without(Mutation.NONE).answer().count(invariant)),
                number(question.answer().count(invariant)),
                number(question.answer().shortest(invariant).size() - 2)));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
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
                .map(Number::longValue)
                .map(ScheduleReport::number);
        Stream<String> cells =
                Stream.of(Invariant.values()).map(findings::count).map(count -> count == 0 ? "." : number(count));
        String title = question.cohort().title() + variant(question);
        return row(Stream.concat(Stream.of(title, faults(question)), Stream.concat(figures, cells)));
    }

    private static String variant(Question question) {
        if (question.undo() == UndoRule.NEVER) {
            return "; undo never";
        }
        return question.deletion() == PairDeletion.DELETES_IMAGE ? "; the image goes" : "";
    }

    private static String total(List<Question> questions, ToLongFunction<Findings> figure) {
        return number(questions.stream().map(Question::answer).mapToLong(figure).sum());
    }

    /** Returns what was found as a table in Markdown: a row to each question, a column to each invariant. */
    static List<String> table(List<Question> questions) {
        List<String> lines = new ArrayList<>();
        lines.add("In all: " + total(questions, Findings::states) + " states, " + total(questions, Findings::steps)
                + " steps and " + total(questions, Findings::ends) + " ends.");
        lines.add("");
        Stream<String> heads = Stream.of("Runs", "Faults", "Starts", "States", "Steps", "Ends");
        lines.add(row(Stream.concat(heads, Stream.of(Invariant.values()).map(Invariant::title))));
        lines.add("|" + " --- |".repeat(6 + Invariant.values().length));
        questions.stream().map(ScheduleReport::row).forEach(lines::add);
        return lines;
    }

    /** Writes the page. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Schedules");
        lines.add("");
        lines.addAll(table(questions));
        lines.add("");
        Stream.of(Invariant.values())
                .map(invariant -> "- " + invariant.title() + ": " + invariant.meaning())
                .forEach(lines::add);
        lines.add("");
        lines.add("## Rules taken out");
        lines.add("");
        lines.addAll(RULES);
        lines.addAll(mutations);
        lines.add("");
        lines.add("## Shortest ways");
        lines.add("");
        lines.addAll(ways);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
