package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.page.ImageReport.Blob;
import io.github.imagedelivery.ecr.page.ImageReport.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** When which phase and which blob of one delivery began and how long each took, a lane for each. */
final class TimelineSection {
    /** What a delivery goes through, in this order; each is a class of the style sheet, too. */
    static final List<String> PHASES = List.of("resolve", "preflight", "base", "build", "stage", "publish");

    private static final String STAGE = "stage";

    private final ImageReport report;
    private final Axis axis;
    private final Map<String, Blob> blobs;

    private TimelineSection(ImageReport report) {
        this.report = report;
        this.axis = Axis.of(report.phases());
        this.blobs = report.blobs();
    }

    static Html of(ImageReport report, int level) {
        return report.phases().isEmpty() ? Html.NONE : new TimelineSection(report).section(level);
    }

    private Html section(int level) {
        List<Html> rows = new ArrayList<>();
        for (Span phase : report.phases()) {
            rows.add(lane(phase, phase.name(), look(phase.name())));
            if (phase.name().equals(STAGE)) {
                transfers().forEach(transfer -> rows.add(lane(transfer)));
            }
        }
        Html table = Figures.table(
                "timeline", "Timeline of " + report.module(), List.of("Phase or blob", "", "Began", "Took"), rows);
        return Html.of("section", Html.of("h" + level, "Timeline"), table, note(axis));
    }

    /** Returns the phase's class in the style sheet. */
    static String look(String phase) {
        return PHASES.contains(phase) ? "phase-" + phase : "phase";
    }

    private List<Span> transfers() {
        return report.transfers().stream()
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
    }

    private Html lane(Span phase, String name, String look) {
        Strip strip = new Strip();
        axis.draw(phase, strip, look, name);
        return row(Html.text(name), strip, phase);
    }

    private Html lane(Span transfer) {
        Blob blob = blobs.getOrDefault(transfer.name(), new Blob("blob", transfer.name(), 0, Fate.UNKNOWN));
        Strip strip = new Strip();
        axis.draw(transfer, strip, blob.fate().word(), blob.name() + ", " + blob.digest());
        Html size = Html.of(
                "small",
                Html.text(" "),
                Figures.size(blob.size()),
                Html.text(" " + blob.fate().word()));
        return row(Html.all(Html.text(blob.name()), size), strip, transfer).in("blob");
    }

    private static Html row(Html name, Strip strip, Span span) {
        return Figures.row(
                name,
                strip.beside(),
                Html.text(Figures.duration(span.start())),
                Html.text(Figures.duration(span.millis())));
    }

    /** Says that not all is drawn to scale, where that is so. */
    static Html note(Axis axis) {
        return axis.shortened() == 0
                ? Html.NONE
                : Html.of(
                                "p",
                                "Waiting of " + Figures.duration(axis.shortened())
                                        + " in all, as for the rest of the build, is drawn as short gaps.")
                        .in("note");
    }
}
