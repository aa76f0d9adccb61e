package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Both tools in one situation, measured in turn.
 *
 * @param place network and sample
 */
record Duel(String place, Situation situation, Map<Tool, List<MavenRun>> runs) {
    private static final List<ToLongFunction<MavenRun>> COUNTS = List.of(
            run -> run.traffic().control(),
            run -> run.traffic().data(),
            run -> run.traffic().base(),
            run -> run.traffic().connections());
    private static final List<ToLongFunction<MavenRun>> AMOUNTS =
            List.of(run -> run.traffic().up(), run -> run.traffic().down());
    private static final List<ToLongFunction<MavenRun>> TIMES = List.of(MavenRun::cpuMillis, MavenRun::wallMillis);
    private static final int KILO = 1_000;
    private static final int MEBI = 1 << 20;

    static Duel fight(String place, Situation situation, List<Lane> lanes, int rounds)
            throws IOException, InterruptedException, FormatException {
        Map<Tool, List<MavenRun>> runs = new EnumMap<>(Tool.class);
        for (Lane lane : lanes) {
            lane.prepare(situation);
            runs.put(lane.tool(), new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < lanes.size(); i++) {
                // Who begins changes from round to round.
                Lane lane = lanes.get((i + round) % lanes.size());
                runs.get(lane.tool()).add(lane.measure(situation));
            }
        }
        return new Duel(place, situation, runs);
    }

    /** Returns the head of the table, in Markdown. */
    static String head() {
        return row(
                        "place",
                        "situation",
                        "tool",
                        "ECR calls",
                        "registry",
                        "base",
                        "connections",
                        "kB up",
                        "kB down",
                        "CPU s",
                        "wall s",
                        "RSS MiB")
                + "\n| --- | --- | ---" + " | --:".repeat(9) + " |";
    }

    /** Returns the rows of the table: one for each tool, and the ratio. */
    String rows() {
        return Stream.concat(Stream.of(Tool.values()).map(this::row), Stream.of(ratios()))
                .collect(Collectors.joining("\n"));
    }

    private String row(Tool tool) {
        List<MavenRun> all = runs.get(tool);
        return row(Stream.of(
                        Stream.of(place, situation.title(), tool.toString()),
                        COUNTS.stream().map(value -> Spread.of(all, value).toString()),
                        AMOUNTS.stream().map(value -> Spread.of(all, value).per(KILO).toString()),
                        TIMES.stream().map(value -> seconds(Spread.of(all, value))),
                        Stream.of(Spread.of(all, MavenRun::peakResident).per(MEBI).toString()))
                .flatMap(cells -> cells)
                .toArray(String[]::new));
    }

    private String ratios() {
        ToLongFunction<MavenRun> requests =
                run -> run.traffic().control() + run.traffic().data() + run.traffic().base();
        return row(
                place,
                situation.title(),
                "**ours / jib**",
                "",
                "all " + ratio(requests),
                "",
                ratio(COUNTS.get(3)),
                ratio(AMOUNTS.get(0)),
                ratio(AMOUNTS.get(1)),
                ratio(TIMES.get(0)),
                ratio(TIMES.get(1)),
                ratio(MavenRun::peakResident));
    }

    private String ratio(ToLongFunction<MavenRun> value) {
        long ours = Spread.of(runs.get(Tool.OURS), value).median();
        long jib = Spread.of(runs.get(Tool.JIB), value).median();
        return jib == 0 ? "-" : String.format(Locale.ROOT, "**%.2f**", (double) ours / jib);
    }

    private static String seconds(Spread millis) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f..%.2f)",
                millis.median() / (double) KILO,
                millis.min() / (double) KILO,
                millis.max() / (double) KILO);
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |"));
    }

    Json json() {
        Json json = Json.object().with("place", Json.of(place)).with("situation", Json.of(situation.title()));
        for (Tool tool : Tool.values()) {
            json = json.with(
                    tool.toString(),
                    Json.array(runs.get(tool).stream().map(MavenRun::json).toList()));
        }
        return json;
    }
}
