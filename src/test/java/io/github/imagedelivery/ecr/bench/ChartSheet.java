package io.github.imagedelivery.ecr.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Diagrams beside and below each other in one SVG, for light and dark pages.
 *
 * @param title what they are about
 * @param description the same for who cannot see them
 * @param legend what the curves are, by the class of their style: {@code ours}, {@code limit} or {@code heap}
 */
record ChartSheet(String title, String description, Map<String, String> legend) {
    private static final int COLUMNS = 2;
    private static final int MARGIN = 10;
    private static final int HEAD = 70;

    private static final String STYLE = """
              <style>
                .page { fill: #ffffff; stroke: #d1d9e0; }
                text { fill: #1f2328; font: 14px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
                .head { font-weight: 600; }
                .muted { fill: #59636e; font-size: 12px; }
                .mid { text-anchor: middle; }
                .end { text-anchor: end; }
                .grid { stroke: #d1d9e0; fill: none; }
                .curve { fill: none; stroke-width: 2px; }
                .ours { stroke: #0969da; }
                .limit { stroke: #818b98; stroke-dasharray: 5 4; }
                .heap { stroke: #9a6700; }
                .dot { stroke: none; }
                .dot.ours { fill: #0969da; }
                .dot.limit { fill: #818b98; }
                .dot.heap { fill: #9a6700; }
                @media (prefers-color-scheme: dark) {
                  .page { fill: #0d1117; stroke: #3d444d; }
                  text { fill: #f0f6fc; }
                  .muted { fill: #9198a1; }
                  .grid { stroke: #3d444d; }
                  .ours { stroke: #4493f8; }
                  .limit { stroke: #9198a1; }
                  .heap { stroke: #d29922; }
                  .dot.ours { fill: #4493f8; }
                  .dot.limit { fill: #9198a1; }
                  .dot.heap { fill: #d29922; }
                }
              </style>
            """;

    ChartSheet {
        legend = new LinkedHashMap<>(legend);
    }

    /** Returns the file. */
    String svg(List<Chart> charts) {
        int width = COLUMNS * Chart.WIDTH + 2 * MARGIN;
        int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
        int height = HEAD + rows * Chart.HEIGHT + MARGIN;
        List<String> parts = new ArrayList<>();
        parts.add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="title desc">
                  <title id="title">%3$s</title>
                  <desc id="desc">%4$s</desc>""".formatted(width, height, title, description));
        parts.add(STYLE.stripTrailing());
        parts.add("  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\" />"
                .formatted(width - 1, height - 1));
        parts.add("<text class=\"head\" x=\"30\" y=\"32\">%s</text>".formatted(title));
        parts.add(legendLine());
        for (int i = 0; i < charts.size(); i++) {
            parts.add("<g transform=\"translate(%d %d)\">"
                    .formatted(MARGIN + i % COLUMNS * Chart.WIDTH, HEAD + i / COLUMNS * Chart.HEIGHT));
            parts.add(charts.get(i).svg());
            parts.add("</g>");
        }
        parts.add("</svg>\n");
        return String.join("\n", parts);
    }

    private String legendLine() {
        List<String> parts = new ArrayList<>();
        int x = 30;
        for (Map.Entry<String, String> curve : legend.entrySet()) {
            parts.add("<path class=\"curve %s\" d=\"M%d 52h26\" />".formatted(curve.getKey(), x));
            parts.add("<text class=\"muted\" x=\"%d\" y=\"56\">%s</text>".formatted(x + 34, curve.getValue()));
            x += 60 + 7 * curve.getValue().length();
        }
        return String.join("\n", parts);
    }
}
