package io.github.imagedelivery.ecr.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A diagram over two logarithmic axes, as a part of an SVG.
 *
 * @param title what is drawn
 * @param x names of the axis to the right
 * @param y name of the axis to the top
 * @param curves the points of each curve, by the class of its style, as {@link ChartSheet} has it
 */
record Chart(String title, String x, String y, Map<String, List<Point>> curves) {
    static final int WIDTH = 430;
    static final int HEIGHT = 270;

    private static final int LEFT = 60;
    private static final int RIGHT = 405;
    private static final int TOP = 58;
    private static final int BOTTOM = 218;

    /** A value that was measured; both numbers are more than 0. */
    record Point(double x, double y) {}

    /** Returns the elements, the upper left corner of the diagram at the origin. */
    String svg() {
        Axis right = Axis.of(x, values().stream().map(Point::x).toList());
        Axis up = Axis.of(y, values().stream().map(Point::y).toList());
        List<String> elements = new ArrayList<>();
        elements.add(text("head", LEFT, 22, title));
        elements.add(text("muted", LEFT, TOP - 10, y));
        elements.add(text("muted mid", (LEFT + RIGHT) / 2, BOTTOM + 38, x));
        for (int power : right.marks()) {
            long at = across(right, Math.pow(10, power));
            elements.add("<path class=\"grid\" d=\"M%d %dV%d\" />".formatted(at, TOP, BOTTOM));
            elements.add(text("muted mid", at, BOTTOM + 18, number(power)));
        }
        for (int power : up.marks()) {
            long at = down(up, Math.pow(10, power));
            elements.add("<path class=\"grid\" d=\"M%d %dH%d\" />".formatted(LEFT, at, RIGHT));
            elements.add(text("muted end", LEFT - 8, at + 4, number(power)));
        }
        curves.forEach((style, points) -> elements.addAll(curve(style, points, right, up)));
        return String.join("\n", elements);
    }

    private List<Point> values() {
        return curves.values().stream().flatMap(List::stream).toList();
    }

    private static List<String> curve(String style, List<Point> points, Axis right, Axis up) {
        List<String> elements = new ArrayList<>();
        elements.add(points.stream()
                .map(point -> across(right, point.x()) + " " + down(up, point.y()))
                .collect(Collectors.joining("L", "<path class=\"curve " + style + "\" d=\"M", "\" />")));
        for (Point point : points) {
            elements.add("<circle class=\"dot %s\" cx=\"%d\" cy=\"%d\" r=\"3\"><title>%s</title></circle>"
                    .formatted(
                            style,
                            across(right, point.x()),
                            down(up, point.y()),
                            String.format(Locale.ROOT, "%.4g, %.4g", point.x(), point.y())));
        }
        return elements;
    }

    private static long across(Axis axis, double value) {
        return Math.round(LEFT + axis.place(value) * (RIGHT - LEFT));
    }

    private static long down(Axis axis, double value) {
        return Math.round(BOTTOM - axis.place(value) * (BOTTOM - TOP));
    }

    private static String text(String style, long x, long y, String text) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, text);
    }

    private static String number(int power) {
        return BigDecimal.ONE.scaleByPowerOfTen(power).toPlainString();
    }
}
