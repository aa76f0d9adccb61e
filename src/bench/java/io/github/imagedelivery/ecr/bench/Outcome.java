package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All runs of a scenario with an application of one size.
 *
 * @param warmUp the first run, in which the client's classes are loaded and compiled
 * @param samples the others
 */
record Outcome(Size size, Scenario scenario, Sample warmUp, List<Sample> samples) {
    private static final long KILO = 1_000;
    private static final long MEBI = 1 << 20;

    /** Returns the head of the table, in Markdown. */
    static String head() {
        String titles = row(
                "size",
                "scenario",
                "control",
                "data",
                "base",
                "connections",
                "kB up",
                "kB down",
                "wall ms",
                "CPU ms",
                "heap MiB",
                "first: wall ms",
                "first: CPU ms");
        return titles + "\n| --- | ---" + " | --:".repeat(11) + " |";
    }

    /** Returns the row of the table, in Markdown. */
    String row() {
        return row(
                size.toString(),
                scenario.title(),
                shown(sample -> sample.traffic().requests().control(), 1),
                shown(sample -> sample.traffic().requests().target(), 1),
                shown(sample -> sample.traffic().requests().base(), 1),
                shown(sample -> sample.traffic().connections().control() + sample.traffic().connections().target(), 1),
                shown(sample -> sample.traffic().bytes().up(), KILO),
                shown(sample -> sample.traffic().bytes().down(), KILO),
                shown(Sample::wallMillis, 1),
                shown(Sample::cpuMillis, 1),
                shown(Sample::peakHeap, MEBI),
                Long.toString(warmUp.wallMillis()),
                Long.toString(warmUp.cpuMillis()));
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String shown(ToLongFunction<Sample> value, long unit) {
        return Spread.of(samples, value).per(unit).toString();
    }

    Json json() {
        return Json.object()
                .with("size", Json.of(size.toString()))
                .with("scenario", Json.of(scenario.title()))
                .with("wallMillis", Spread.of(samples, Sample::wallMillis).json())
                .with("cpuMillis", Spread.of(samples, Sample::cpuMillis).json())
                .with("peakHeap", Spread.of(samples, Sample::peakHeap).json())
                .with("warmUp", warmUp.json())
                .with("runs", Json.array(samples.stream().map(Sample::json).toList()));
    }
}
