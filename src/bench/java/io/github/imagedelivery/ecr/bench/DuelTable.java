package io.github.imagedelivery.ecr.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What was measured of both tools, in Markdown. */
final class DuelTable {
    private static final int KILO = 1_000;
    private static final int MEBI = 1 << 20;
    private static final List<String> HEAD = List.of(
            "place",
            "situation",
            "tool",
            "ECR calls",
            "registry",
            "base",
            "connections",
            "at once",
            "kB up",
            "kB down",
            "CPU s",
            "wall s",
            "RSS MiB");

    private DuelTable() {}

    static String head() {
        return Markdown.head(3, HEAD);
    }

    /** Returns a row for each tool, and their ratio. */
    static List<String> rows(Duel duel) {
        return Stream.concat(Stream.of(Tool.values()).map(tool -> row(duel, tool)), Stream.of(ratios(duel)))
                .toList();
    }

    private static String row(Duel duel, Tool tool) {
        return Markdown.row(
                duel.place(),
                duel.situation().title(),
                tool.toString(),
                duel.spread(tool, run -> run.traffic().requests().control()).toString(),
                duel.spread(tool, run -> run.traffic().requests().target()).toString(),
                duel.spread(tool, run -> run.traffic().requests().base()).toString(),
                joined(
                        duel.spread(tool, run -> run.traffic().connections().control()),
                        duel.spread(tool, run -> run.traffic().connections().target()),
                        duel.spread(tool, run -> run.traffic().connections().base())),
                joined(
                        duel.spread(tool, run -> run.most().ecr()),
                        duel.spread(tool, run -> run.most().base())),
                duel.spread(tool, run -> run.traffic().bytes().up()).per(KILO).toString(),
                duel.spread(tool, run -> run.traffic().bytes().down()).per(KILO).toString(),
                seconds(duel.spread(tool, MavenRun::cpuMillis)),
                seconds(duel.spread(tool, MavenRun::wallMillis)),
                duel.spread(tool, MavenRun::peakResident).per(MEBI).toString());
    }

    private static String ratios(Duel duel) {
        return Markdown.row(
                duel.place(),
                duel.situation().title(),
                "**ours / jib**",
                "",
                "all " + ratio(duel, run -> run.traffic().requests().all()),
                "",
                ratio(duel, run -> run.traffic().connections().all()),
                "",
                ratio(duel, run -> run.traffic().bytes().up()),
                ratio(duel, run -> run.traffic().bytes().down()),
                ratio(duel, MavenRun::cpuMillis),
                ratio(duel, MavenRun::wallMillis),
                ratio(duel, MavenRun::peakResident));
    }

    private static String ratio(Duel duel, ToLongFunction<MavenRun> value) {
        double ratio = duel.ratio(value);
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "**%.2f**", ratio) : "-";
    }

    private static String joined(Spread... parts) {
        return String.join(" + ", Stream.of(parts).map(Spread::toString).toList());
    }

    private static String seconds(Spread millis) {
        String median = seconds(millis.median());
        return millis.min() == millis.max()
                ? median
                : median + " (" + seconds(millis.min()) + ".." + seconds(millis.max()) + ")";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / (double) KILO);
    }
}
