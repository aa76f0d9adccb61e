package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures this plugin and Jib's in turn, as processes of Maven, prints tables and writes the numbers of each run. */
final class Comparison {
    private static final int MOST_RUNS = 20;

    private final Path directory = Path.of(System.getProperty("bench.directory")).toAbsolutePath();
    private final Path work = directory.resolve("work");
    private final LocalRepository repository = new LocalRepository(directory.resolve("repository"));
    private final int runs = Math.max(1, Math.min(MOST_RUNS, Integer.getInteger("bench.runs")));
    private final List<Shape> shapes = chosen("bench.samples", Shape.values());
    private final Report report = new Report(directory);
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
        Project.delete(work);
        Files.createDirectories(work);
        Certificate certificate =
                Certificate.make(directory.resolve("certificate"), "localhost", RegistryProcess.BASE_HOST);
        Path home = Path.of(System.getProperty("maven.home"));
        Maven maven = new Maven(home, repository.directory(), work.resolve("maven.log"), List.of());
        install(maven);
        try (RegistryHandle registry = RegistryHandle.start(
                work.resolve("registry"), certificate.store().getParent())) {
            Maven there = maven.with(flags(certificate, work.resolve("hosts")));
            report.say(machine() + "\n");
            List<List<Lane>> lanes = new ArrayList<>();
            for (Shape shape : shapes) {
                lanes.add(lanes(shape, there));
            }
            report.say(DuelTable.head());
            for (List<Lane> both : lanes) {
                compare(both, registry);
            }
            classes(lanes.get(0), there, registry);
        }
    }

    private List<Lane> lanes(Shape shape, Maven maven) throws IOException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            lanes.add(Lane.open(tool, shape, maven, work));
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

    private void classes(List<Lane> lanes, Maven maven, RegistryHandle registry)
            throws IOException, InterruptedException, FormatException {
        Path list = work.resolve("classes.log");
        maven.listing(list).run(lanes.get(0).directory(), List.of("validate"));
        List<String> titles = new ArrayList<>(
                List.of("classes, nothing changed, " + lanes.get(0).shape(), "mvn validate"));
        List<LoadedClasses> loaded = new ArrayList<>(List.of(LoadedClasses.read(list)));
        try (Way way = Way.open(Network.LOOPBACK, registry)) {
            for (Lane lane : lanes) {
                titles.add(lane.tool().toString());
                loaded.add(lane.classes(way));
            }
        }
        report.say("\n" + Markdown.head(1, titles));
        LoadedClasses.rows(loaded).forEach(report::say);
    }

    /** Puts all that Maven will read into the local repository, so that it asks for nothing while it is measured. */
    private void install(Maven maven) throws IOException, InterruptedException {
        for (Shape shape : shapes) {
            repository.installLibraries(shape.toString(), shape.jars(), shape.bytes());
        }
        String[] ours = Tool.OURS.plugin().split(":", -1);
        Path jar = Path.of(System.getProperty("bench.jar"));
        repository.install(ours[0], ours[1], ours[2], jar, Path.of(System.getProperty("bench.pom")));
        Project project = Project.write(work.resolve("nothing"), shapes.get(0));
        for (Tool tool : Tool.values()) {
            maven.run(project.directory(), tool.nothing());
        }
    }

    /** Returns the JVM's flags; by its file of hosts it finds no other host than the registries. */
    private static List<String> flags(Certificate certificate, Path hosts) throws IOException {
        Files.writeString(hosts, Relay.ADDRESS + " localhost " + RegistryProcess.BASE_HOST + "\n");
        List<String> flags = new ArrayList<>(certificate.trust());
        flags.add("-Djdk.net.hosts.file=" + hosts);
        return flags;
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
