package io.github.imagedelivery.ecr.page;

import io.github.imagedelivery.ecr.page.ImageReport.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a page says of all images of a build together. */
final class FleetSections {
    private final List<ImageReport> reports;

    FleetSections(List<ImageReport> reports) {
        this.reports = List.copyOf(reports);
    }

    /** Returns how many images there are, and how many of them ended in which way. */
    Html head() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        for (ImageReport report : reports) {
            counts.merge(report.verdict().words(), 1, Integer::sum);
            verdicts.putIfAbsent(report.verdict().words(), report.verdict());
        }
        List<Html> badges = new ArrayList<>();
        badges.add(Html.of("h1", reports.size() + " images"));
        verdicts.forEach((words, verdict) -> badges.add(verdict.badge(counts.getOrDefault(words, 0))));
        long size = sum(ImageReport::size);
        long sent = sum(report -> report.size(Fate.UPLOADED));
        return Html.all(
                Html.of("div", badges).in("title"),
                Html.of(
                        "dl",
                        Figures.fact("Images together", Figures.size(size)),
                        Figures.fact("Sent", Figures.size(sent)),
                        Figures.fact("Not sent", Html.text(Figures.percent(size - sent, size))),
                        Figures.fact(
                                "Requests",
                                Html.text(Long.toString(
                                        sum(report -> report.requests().orElse(0L)))))));
    }

    private interface Count {
        long of(ImageReport report);
    }

    private long sum(Count count) {
        return reports.stream().mapToLong(count::of).sum();
    }

    /** Returns the name under which a page has the image of that place in the list. */
    static String anchor(int place) {
        return "image-" + (place + 1);
    }

    /** Returns the table of services. */
    Html services() {
        long largest = reports.stream().mapToLong(ImageReport::size).max().orElse(1);
        List<Html> rows = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            rows.add(service(reports.get(i), anchor(i), largest));
        }
        List<String> columns = List.of("Service", "Result", "Version", "Size", "", "Sent", "Took");
        return Html.of(
                "section",
                Html.of("h2", "Services"),
                Figures.table("fleet", "Services", columns, rows),
                legend(List.of("reused", "mounted", "uploaded"), ""));
    }

    private static Html service(ImageReport report, String anchor, long largest) {
        Strip strip = new Strip();
        double at = 0;
        for (Fate fate : Fate.values()) {
            double width = 100.0 * report.size(fate) / Math.max(1, largest);
            if (width > 0) {
                strip.segment(at, width, fate.word(), "");
            }
            at += width;
        }
        return Figures.row(
                Html.of("a", report.module()).with("href", "#" + anchor),
                report.verdict().badge(),
                Html.text(report.coordinate("version")),
                known(report.platforms(), Figures.size(report.size())),
                strip.beside(),
                known(report.platforms(), Figures.size(report.size(Fate.UPLOADED))),
                known(report.phases(), Html.text(Figures.duration(report.millis()))));
    }

    /** Leaves out what follows from a part of a report that is empty. */
    private static Html known(List<?> part, Html figure) {
        return part.isEmpty() ? Html.NONE : figure;
    }

    /** Returns when which image was delivered, a lane for each; nothing where no report says it. */
    Html timeline() {
        List<ImageReport> timed = reports.stream()
                .filter(report ->
                        report.started().isPresent() && !report.phases().isEmpty())
                .toList();
        if (timed.isEmpty()) {
            return Html.NONE;
        }
        Instant first = timed.stream()
                .flatMap(report -> report.started().stream())
                .min(Instant::compareTo)
                .orElseThrow();
        Axis axis = Axis.of(
                timed.stream().flatMap(report -> phases(report, first).stream()).toList());
        List<Html> rows =
                timed.stream().map(report -> lane(report, first, axis)).toList();
        return Html.of(
                "section",
                Html.of("h2", "Timeline"),
                Figures.table("timeline", "Timeline", List.of("Service", "", "Began", "Took"), rows),
                legend(TimelineSection.PHASES, "phase-"),
                TimelineSection.note(axis));
    }

    /** Returns the phases of an image as counted from the start of the first one. */
    private static List<Span> phases(ImageReport report, Instant first) {
        long offset = Duration.between(first, report.started().orElse(first)).toMillis();
        return report.phases().stream()
                .map(span -> new Span(span.name(), span.start() + offset, span.millis()))
                .toList();
    }

    private static Html lane(ImageReport report, Instant first, Axis axis) {
        Strip strip = new Strip();
        List<Span> phases = phases(report, first);
        for (Span phase : phases) {
            String title = phase.name() + ", " + Figures.duration(phase.millis());
            axis.draw(phase, strip, TimelineSection.look(phase.name()), title);
        }
        return Figures.row(
                Html.text(report.module()),
                strip.beside(),
                Html.text(Figures.duration(phases.get(0).start())),
                Html.text(Figures.duration(report.millis())));
    }

    private static Html legend(List<String> words, String prefix) {
        return Html.of(
                        "ul",
                        words.stream()
                                .map(word -> Html.of("li", Figures.mark(prefix + word), Html.text(word)))
                                .toList())
                .in("legend below");
    }
}
