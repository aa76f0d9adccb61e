package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.Locale;

/**
 * An amount of something, measured.
 *
 * @param samples deliveries
 * @param liveHeap the most bytes of heap in use after a collection of the garbage, in a delivery of its own
 * @param limitMicros what {@link Limit} has measured
 */
record Step(Growth growth, long amount, List<Sample> samples, long liveHeap, long limitMicros) {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
    private static final int MEBI = 1 << 20;

    static String head() {
        return Markdown.head(
                1,
                List.of(
                        "what grows",
                        "amount",
                        "requests",
                        "MB up",
                        "wall s",
                        "CPU s",
                        "limit s",
                        "live heap MiB"));
    }

    String row() {
        return Markdown.row(
                growth.title(),
                Long.toString(growth.counted(amount)),
                Spread.of(samples, sample -> sample.traffic().requests().all()).toString(),
                number(Spread.of(samples, sample -> sample.traffic().bytes().up()).median() / MEGA),
                number(wallSeconds()),
                number(Spread.of(samples, Sample::cpuMillis).median() / KILO),
                number(limitMicros / MEGA),
                Long.toString(liveHeap / MEBI));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%.3g" : "%.0f", value);
    }

    private double wallSeconds() {
        return Spread.of(samples, Sample::wallMillis).median() / KILO;
    }

    Chart.Point wall() {
        return new Chart.Point(growth.counted(amount), wallSeconds());
    }

    Chart.Point limit() {
        return new Chart.Point(growth.counted(amount), limitMicros / MEGA);
    }

    Chart.Point heap() {
        return new Chart.Point(growth.counted(amount), liveHeap / (double) MEBI);
    }

    Json json() {
        return Json.object()
                .with("growth", Json.of(growth.toString()))
                .with("amount", Json.of(amount))
                .with("liveHeap", Json.of(liveHeap))
                .with("limitMicros", Json.of(limitMicros))
                .with("runs", Json.array(samples.stream().map(Sample::json).toList()));
    }
}
