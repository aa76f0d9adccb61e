package io.github.imagedelivery.ecr.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What is to be reached in a situation, against jib-maven-plugin in the same run.
 *
 * @param shapes the samples that it is said of
 * @param requests the most requests to all registries and ECR's API, but for those to STS
 * @param cpu the most of jib-maven-plugin's CPU time
 * @param wall the most of jib-maven-plugin's time in the slow network
 */
record Target(Situation situation, Set<Shape> shapes, int requests, Amount amount, double cpu, double wall) {
    private static final Set<Shape> SINGLE = Set.of(Shape.SMALL, Shape.MEDIUM);
    private static final Set<Shape> LARGE = Set.of(Shape.LARGE);
    private static final Set<Shape> REACTOR = Set.of(Shape.REACTOR);
    private static final int CONNECTIONS = 4;

    private static final List<Target> ALL = List.of(
            new Target(Situation.NO_CHANGE, SINGLE, 2, Amount.NOTHING, 0.55, 0.55),
            new Target(Situation.NEW_TAGS, SINGLE, 4, Amount.FIVE_KILOBYTES, 0.55, 0.55),
            new Target(Situation.FRESH_RUNNER, SINGLE, 12, Amount.FIFTY_KILOBYTES, 0.5, 0.5),
            new Target(Situation.FRESH_RUNNER, LARGE, 12, Amount.FIFTY_KILOBYTES, 0.35, 0.5),
            new Target(Situation.FIRST_BASE_CACHED, SINGLE, 26, Amount.ONCE, 0.6, 0.55),
            new Target(Situation.FIRST_BASE_CACHED, LARGE, 26, Amount.ONCE, 0.6, 0.55),
            new Target(Situation.FIRST_MOUNTABLE, SINGLE, 24, Amount.NO_BASE, 0.5, 0.35),
            new Target(Situation.TWO_PLATFORMS, SINGLE, 38, Amount.ONCE, 0.5, 0.5),
            new Target(Situation.NO_CHANGE, REACTOR, 12, Amount.NOTHING, 0.5, 0.5),
            new Target(Situation.FIRST_BASE_CACHED, REACTOR, 150, Amount.ONCE, 0.35, 0.25));

    private static final List<String> HEAD = List.of(
            "place",
            "situation",
            "requests: target",
            "reached",
            "bytes: target",
            "reached",
            "CPU: target",
            "reached",
            "wall: target",
            "reached",
            "connections: target",
            "reached");

    static Optional<Target> of(Shape shape, Situation situation) {
        return ALL.stream()
                .filter(target -> target.situation == situation && target.shapes.contains(shape))
                .findFirst();
    }

    static String head() {
        return Markdown.head(2, HEAD);
    }

    /** Returns what was reached beside what was to be, for the duels that there is a target for. */
    static Stream<String> rows(List<Duel> duels) {
        return duels.stream()
                .flatMap(duel -> of(duel.shape(), duel.situation()).stream().map(target -> target.row(duel)));
    }

    private String row(Duel duel) {
        boolean isSlow = duel.network() == Network.WAN;
        return Markdown.row(
                duel.place(),
                situation.title(),
                Integer.toString(requests),
                reached(duel, run -> run.traffic().ofRegistries(), requests),
                amount.target(),
                reached(amount.of(duel), amount.most(), amount.format()),
                Double.toString(cpu),
                reached(duel.ratio(MavenRun::cpuMillis), cpu, "%.2f"),
                isSlow ? Double.toString(wall) : "",
                isSlow ? reached(duel.ratio(MavenRun::wallMillis), wall, "%.2f") : "",
                Integer.toString(CONNECTIONS),
                reached(duel, Target::toOneHost, CONNECTIONS));
    }

    /** The API and the registry of ECR are one host here and two in Amazon's cloud. */
    private static long toOneHost(MavenRun run) {
        long registry = run.most().ecr() - run.traffic().connections().control();
        return Math.max(registry, Math.max(run.most().store(), run.most().base()));
    }

    private static String reached(Duel duel, ToLongFunction<MavenRun> number, long most) {
        long median = duel.spread(Tool.OURS, number).median();
        return median <= most ? Long.toString(median) : "**" + median + "**";
    }

    /** Returns the number, bold where it is more than wanted. */
    private static String reached(double number, double most, String format) {
        String text = String.format(Locale.ROOT, format, number);
        return Double.parseDouble(text) <= most ? text : "**" + text + "**";
    }
}
