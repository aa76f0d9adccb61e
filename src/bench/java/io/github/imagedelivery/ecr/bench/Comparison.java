package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.Certificate;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures this plugin and Jib's in turn, as processes of Maven, prints a table and writes the numbers of each run. */
final class Comparison {
    private static final int MOST_RUNS = 20;

    private final Path directory = Path.of(System.getProperty("bench.directory")).toAbsolutePath();
    private final LocalRepository repository = new LocalRepository(directory.resolve("repository"));
    private final int runs = Math.max(1, Math.min(MOST_RUNS, Integer.getInteger("bench.runs")));
    private final List<Duel> duels = new ArrayList<>();

    private Comparison() {}

    public static void main(String[] arguments) throws Exception {
        Comparison comparison = new Comparison();
        comparison.compare();
        Path result = comparison.directory.resolve("result.json");
        Files.write(
                result,
                Json.object()
                        .with("duels", Json.array(comparison.duels.stream().map(Duel::json).toList()))
                        .bytes());
        System.out.println("\nEach run's numbers: " + result);
    }

    private void compare() throws Exception {
        Path work = directory.resolve("work");
        Project.delete(work);
        Files.createDirectories(work);
        Certificate certificate =
                Certificate.make(directory.resolve("certificate"), "localhost", RegistryProcess.BASE_HOST);
        Path home = Path.of(System.getProperty("maven.home"));
        Maven maven = new Maven(home, repository.directory(), work.resolve("maven.log"), List.of());
        install(maven, work);
        try (RegistryHandle registry = RegistryHandle.start(
                work.resolve("registry"), certificate.store().getParent())) {
            System.out.println(machine() + "\n\n" + Duel.head());
            for (Shape shape : chosen("bench.samples", Shape.values())) {
                compare(shape, maven.with(flags(certificate, work.resolve("hosts"))), registry, work);
            }
        }
    }

    private void compare(Shape shape, Maven maven, RegistryHandle registry, Path work) throws Exception {
        List<Lane> lanes = new ArrayList<>();
        for (Tool tool : Tool.values()) {
            lanes.add(Lane.open(tool, shape, maven, registry, work));
        }
        for (Situation situation : chosen("bench.situations", Situation.values())) {
            Duel duel = Duel.fight("loopback, " + shape, situation, lanes, runs);
            duels.add(duel);
            System.out.println(duel.rows());
        }
    }

    /** Puts all that Maven will read into the local repository, so that it asks for nothing while it is measured. */
    private void install(Maven maven, Path work) throws IOException, InterruptedException {
        for (Shape shape : Shape.values()) {
            repository.installLibraries(shape.toString(), shape.jars(), shape.bytes());
        }
        String[] ours = Tool.OURS.plugin().split(":", -1);
        Path jar = Path.of(System.getProperty("bench.jar"));
        repository.install(ours[0], ours[1], ours[2], jar, Path.of(System.getProperty("bench.pom")));
        Project project = Project.write(work.resolve("nothing"), Shape.SMALL);
        for (Tool tool : Tool.values()) {
            maven.run(project.directory(), tool.nothing());
        }
    }

    /** Returns the JVM's flags; by its file of hosts it finds no other host than the registries. */
    private static List<String> flags(Certificate certificate, Path hosts) throws IOException {
        Files.writeString(hosts, "127.0.0.1 localhost " + RegistryProcess.BASE_HOST + "\n");
        List<String> flags = new ArrayList<>(certificate.trust());
        flags.add("-Djdk.net.hosts.file=" + hosts);
        return flags;
    }

    /** Returns those that the property names, or all. */
    private static <E extends Enum<E>> List<E> chosen(String property, E[] all) {
        List<String> names = List.of(
                System.getProperty(property, "").toUpperCase(Locale.ROOT).split("[, ]+", -1));
        return Stream.of(all)
                .filter(one -> names.contains("ALL") || names.contains(one.name()))
                .toList();
    }

    private String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", JDK " + Runtime.version() + ", "
                + Stream.of(Tool.values()).map(Tool::plugin).toList() + ", " + runs + " runs each";
    }
}
