package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures every scenario, prints a table and writes the numbers of each run. Asserts nothing. */
final class Benchmark {
    private static final int MOST_RUNS = 50;

    private Benchmark() {}

    /** Takes the directory to write to, and how often each scenario is to be measured. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int runs = Math.max(1, Math.min(MOST_RUNS, Integer.parseInt(arguments[1])));
        System.out.println(machine() + ", " + runs + " runs\n\n" + Outcome.head());
        List<Outcome> outcomes = new ArrayList<>();
        for (Size size : Size.values()) {
            for (Scenario scenario : size.scenarios()) {
                Outcome outcome = outcome(directory.resolve("work"), size, scenario, runs);
                System.out.println(outcome.row());
                outcomes.add(outcome);
            }
        }
        Path result = directory.resolve("result.json");
        Files.write(result, json(outcomes).bytes());
        System.out.println("\nEach run's numbers: " + result);
        // Idle threads of clients would hold the process for a while.
        System.exit(0);
    }

    private static Outcome outcome(Path work, Size size, Scenario scenario, int runs) throws Exception {
        try (Workspace workspace = Workspace.open(work, size)) {
            List<Sample> samples = scenario.measure(workspace, runs + 1);
            return new Outcome(size, scenario, samples.get(0), samples.subList(1, samples.size()));
        }
    }

    /** Returns what it is measured on. */
    static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", JDK " + Runtime.version() + ", heap at most "
                + (runtime.maxMemory() >> 20) + " MiB";
    }

    private static Json json(List<Outcome> outcomes) {
        return Json.object()
                .with("machine", Json.of(machine()))
                .with("outcomes", Json.array(outcomes.stream().map(Outcome::json).toList()));
    }
}
