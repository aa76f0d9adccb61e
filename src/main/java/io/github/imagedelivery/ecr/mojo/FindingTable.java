package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.Finding;
import io.github.imagedelivery.ecr.delivery.Finding.Outcome;
import io.github.imagedelivery.ecr.delivery.InspectionReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.maven.plugin.logging.Log;

/** Says in Maven's log what a check has found: a table with a line for each check, and what to do below its line. */
final class FindingTable {
    /** From this many modules on, what is well is one line for each module. */
    private static final int MANY = 4;

    private final Log log;

    FindingTable(Log log) {
        this.log = log;
    }

    void print(InspectionReport report) {
        List<Finding> lines = shortened(report.findings());
        int subject = width(lines.stream().map(FindingTable::subject).toList());
        int outcome = Outcome.UNKNOWN.name().length();
        log.info(padded("check", subject) + "  " + padded("result", outcome) + "  what was found, what to do");
        for (Finding line : lines) {
            say(
                    line.outcome(),
                    padded(subject(line), subject) + "  " + padded(word(line.outcome()), outcome) + "  " + line.text());
            if (!line.remedy().isEmpty()) {
                say(line.outcome(), " ".repeat(subject + outcome + 4) + "to do: " + line.remedy());
            }
        }
        log.info(report.findings().size() + " checks in " + report.requests() + " requests and " + report.milliseconds()
                + " ms");
    }

    private void say(Outcome outcome, String line) {
        switch (outcome) {
            case OK, UNKNOWN -> log.info(line);
            case WARNING -> log.warn(line);
            case FAILED -> log.error(line);
        }
    }

    private static List<Finding> shortened(List<Finding> findings) {
        Map<String, List<String>> well = new LinkedHashMap<>();
        findings.stream()
                .filter(finding ->
                        finding.outcome() == Outcome.OK && !finding.module().isEmpty())
                .forEach(finding -> well.computeIfAbsent(finding.module(), module -> new ArrayList<>())
                        .add(finding.check()));
        if (well.size() < MANY) {
            return findings;
        }
        List<Finding> lines = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.outcome() != Outcome.OK || finding.module().isEmpty()) {
                lines.add(finding);
            } else if (well.containsKey(finding.module())) {
                lines.add(new Finding(
                        finding.module(), "", Outcome.OK, String.join(", ", well.remove(finding.module())), ""));
            }
        }
        return lines;
    }

    private static String subject(Finding finding) {
        return (finding.module() + " " + finding.check()).strip();
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
