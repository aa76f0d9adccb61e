package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What became of one check before the build.
 *
 * @param module the module that it is about; empty for the build as a whole
 * @param check what was looked at, for example {@code repository}
 * @param outcome how it came out
 * @param text what was found, one line
 * @param remedy what to do about it, one line; empty where there is nothing to do
 * @param details what there is to copy for that, perhaps none
 */
public record Finding(String module, String check, Outcome outcome, String text, String remedy, List<String> details) {
    private static final String CAUSE = "cause: ";
    private static final String TO_FIX = "to fix: ";
    private static final String INDENT = "    ";

    /** Copies the details. */
    public Finding {
        details = List.copyOf(details);
    }

    /** Creates a finding without details. */
    public Finding(String module, String check, Outcome outcome, String text, String remedy) {
        this(module, check, outcome, text, remedy, List.of());
    }

    /** How a check came out. */
    public enum Outcome {
        /** Nothing stands in the way. */
        OK,
        /** It cannot be told before the build. */
        UNKNOWN,
        /** The push may fail, or what it leaves is not all that it could be. */
        WARNING,
        /** The push would fail. */
        FAILED
    }

    static Finding ok(String module, String check, String text) {
        return new Finding(module, check, Outcome.OK, text, "");
    }

    static Finding unknown(String module, String check, String text) {
        return new Finding(module, check, Outcome.UNKNOWN, text, "");
    }

    static Finding warning(String module, String check, String text, String remedy) {
        return new Finding(module, check, Outcome.WARNING, text, remedy);
    }

    /** Returns the finding for what a push would refuse. */
    public static Finding failed(String module, String check, DeliveryException refusal) {
        String remedies = lines(refusal, TO_FIX);
        String text = refusal.getMessage()
                .lines()
                .filter(line -> !line.startsWith(INDENT))
                .map(String::strip)
                .filter(line -> !line.startsWith(TO_FIX))
                .map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line)
                .collect(Collectors.joining("; "));
        List<String> details = refusal.getMessage()
                .lines()
                .filter(line -> line.startsWith(INDENT))
                .map(line -> line.substring(INDENT.length()))
                .toList();
        return new Finding(module, check, Outcome.FAILED, text, remedies, details);
    }

    /** Tells whether this is but another sight of what the build as a whole has failed for. */
    boolean isToldBy(Finding other) {
        return other.module.isEmpty()
                && other.outcome == Outcome.FAILED
                && other.remedy.equals(remedy)
                && other.details.equals(details);
    }

    private static String lines(DeliveryException refusal, String label) {
        return refusal.getMessage()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .collect(Collectors.joining("; "));
    }

    Json toJson() {
        return Json.object()
                .with("module", Json.of(module))
                .with("check", Json.of(check))
                .with("outcome", Json.of(outcome.name().toLowerCase(Locale.ROOT)))
                .with("text", Json.of(text))
                .with("toDo", Json.of(remedy))
                .with("details", Json.texts(details));
    }
}
