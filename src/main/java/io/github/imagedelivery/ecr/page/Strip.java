package io.github.imagedelivery.ecr.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A strip with segments that are drawn to scale. It is an SVG, since a policy may forbid styles on elements. */
public final class Strip {
    /** What segments are filled with where colour alone is not to tell them apart; each page has it once. */
    static final Html LOOKS = Html.of(
                    "svg", Html.of("defs", pattern("mounted-look", line("M-2 2 l4 -4 M0 8 l8 -8 M6 10 l4 -4")), dots()))
            .with("width", "0")
            .with("height", "0")
            .with("aria-hidden", "true")
            .in("looks");

    /** What is narrower cannot be seen, or pointed at. */
    private static final double NARROWEST = 0.6;

    private static final double WHOLE = 100;

    private final List<Html> segments = new ArrayList<>();

    private static Html pattern(String id, Html drawing) {
        Html ground = Html.of("rect").with("width", "8").with("height", "8").in("look-ground");
        return Html.of("pattern", ground, drawing)
                .with("id", id)
                .with("width", "8")
                .with("height", "8")
                .with("patternUnits", "userSpaceOnUse");
    }

    private static Html line(String path) {
        return Html.of("path").with("d", path).in("look-line");
    }

    private static Html dots() {
        Html dot = Html.of("circle")
                .with("cx", "4")
                .with("cy", "4")
                .with("r", "1.2")
                .in("look-dot");
        return pattern("reused-look", dot);
    }

    /**
     * Adds a segment.
     *
     * @param start where it begins, in percent of the whole
     * @param width how wide it is, in percent of the whole
     * @param look its class in the style sheet
     * @param title what it says when it is pointed at
     */
    void segment(double start, double width, String look, String title) {
        double shown = Math.max(width, NARROWEST);
        segments.add(Html.of("rect", Html.of("title", title))
                .with("x", percent(Math.min(start, WHOLE - shown)))
                .with("width", percent(shown))
                .with("height", "100%")
                .in(look));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    /** Returns the strip as a picture that says so much to whoever does not see it. */
    Html picture(String label) {
        return Html.of("svg", segments)
                .with("role", "img")
                .with("aria-label", label)
                .in("strip");
    }

    /** Returns the strip beside figures that say the same. */
    Html beside() {
        return Html.of("svg", segments).with("aria-hidden", "true").in("strip");
    }

    /** Returns a strip beside figures, filled up to a part of the largest. */
    public static Html share(long part, long largest, String look) {
        Strip strip = new Strip();
        strip.segment(0, WHOLE * part / Math.max(1, largest), look, "");
        return strip.beside();
    }

    /** Returns parts of a whole in their order; the small ones are drawn wide enough to be seen. */
    static Strip of(List<Part> parts) {
        long sum = Math.max(1, parts.stream().mapToLong(Part::size).sum());
        List<Double> widths = parts.stream()
                .map(part -> Math.max(NARROWEST, WHOLE * part.size() / sum))
                .toList();
        double drawn = widths.stream().mapToDouble(Double::doubleValue).sum();
        Strip strip = new Strip();
        double at = 0;
        for (int i = 0; i < parts.size(); i++) {
            double width = widths.get(i) * WHOLE / drawn;
            strip.segment(at, width, parts.get(i).look(), parts.get(i).title());
            at += width;
        }
        return strip;
    }

    /** A part of a whole. */
    record Part(long size, String look, String title) {}
}
