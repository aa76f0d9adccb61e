package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures this plugin and Jib's in turn, as processes of Maven, prints tables and writes the numbers of each run. */
final class Comparison {
    private static final int MOST_RUNS = 20;

    private final int runs = Math.max(1, Math.min(MOST_RUNS, Integer.getInteger("bench.runs")));
    private final List<Shape> shapes = chosen("bench.samples", Shape.values());
    private final Report report = new Report(Ground.directory());
    private final List<Duel> duels = new ArrayList<>();

    private Comparison() {}

    public static void main(String[] arguments) throws Exception {
        Comparison comparison = new Comparison();
        comparison.compare();
        comparison.report.say("");
        comparison.report.say(Target.head());
        Target.rows(comparison.duels).forEach(comparison.report::say);
        comparison.report.write(
                Json.array(comparison.duels.stream().map(Duel::json).toList()));
        // Threads of the relays may still wait for the end of connections.
        System.exit(0);
    }

    private void compare() throws Exception {
        try (Ground ground = Ground.open()) {
            install(ground);
            report.say(machine() + "\n");
            List<List<Lane>> lanes = new ArrayList<>();
            for (Shape shape : shapes) {
                lanes.add(lanes(shape, ground));
            }
            report.say(DuelTable.head());
            for (List<Lane> both : lanes) {
                compare(both, ground.registry());
            }
            classes(lanes.get(0), ground);
        }
    }

    private static List<Lane> lanes(Shape shape, Ground ground) throws IOException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            lanes.add(Lane.open(tool, shape, ground.maven(), ground.work()));
        }
        return lanes;
    }

    private void compare(List<Lane> lanes, RegistryHandle registry)
            throws IOException, InterruptedException, FormatException {
        for (Network network : chosen("bench.network", Network.values())) {
            try (Way way = Way.open(network, registry)) {
                for (Situation situation : situations(lanes.get(0).shape())) {
                    Duel duel = Duel.fight(way, situation, lanes, runs);
                    duels.add(duel);
                    DuelTable.rows(duel).forEach(report::say);
                }
            }
        }
    }

    /** Returns those that the property names; {@code targets} are those that there are targets for. */
    private static List<Situation> situations(Shape shape) {
        if (System.getProperty("bench.situations", "").equals("targets")) {
            return Stream.of(Situation.values())
                    .filter(situation -> Target.of(shape, situation).isPresent())
                    .toList();
        }
        return chosen("bench.situations", Situation.values());
    }

    private void classes(List<Lane> lanes, Ground ground) throws IOException, InterruptedException, FormatException {
        Path list = ground.work().resolve("classes.log");
        ground.maven().listing(list).run(lanes.get(0).directory(), List.of("validate"));
        List<String> titles = new ArrayList<>(
                List.of("classes, nothing changed, " + lanes.get(0).shape(), "mvn validate"));
        List<LoadedClasses> loaded = new ArrayList<>(List.of(LoadedClasses.read(list)));
        try (Way way = Way.open(Network.LOOPBACK, ground.registry())) {
            for (Lane lane : lanes) {
                titles.add(lane.tool().toString());
                loaded.add(lane.classes(way));
            }
        }
        report.say("\n" + Markdown.head(1, titles));
        LoadedClasses.rows(loaded).forEach(report::say);
    }

    private void install(Ground ground) throws IOException, InterruptedException {
        ground.install(shapes);
        Project project = Project.write(ground.work().resolve("nothing"), shapes.get(0));
        for (Tool tool : Tool.values()) {
            ground.online().run(project.directory(), tool.nothing());
        }
    }

    /** Returns those that the property names, in its order, or all. */
    private static <E extends Enum<E>> List<E> chosen(String property, E[] all) {
        List<String> names = List.of(
                System.getProperty(property, "").toUpperCase(Locale.ROOT).split("[, ]+", -1));
        List<E> chosen = Stream.of(all)
                .filter(one -> names.contains("ALL") || names.contains(one.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(property + " names none of " + List.of(all));
        }
        return chosen;
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", JDK " + Runtime.version() + ", "
                + Stream.of(Tool.values()).map(Tool::plugin).toList() + ", " + runs + " runs each";
    }
}
