package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how the cost of a first push grows, prints a table and draws it. Asserts nothing. */
final class Scale {
    private static final int MOST_RUNS = 20;

    /** Modules that are staged at the same time, as Maven would with {@code -T4}. */
    private static final int THREADS = 4;

    private static final long WARM_UP = 100;

    private final Path work;
    private final int runs;
    private final RegistryHandle registry;
    private int deliveries;

    private Scale(Path work, int runs, RegistryHandle registry) {
        this.work = work;
        this.runs = runs;
        this.registry = registry;
    }

    /** Takes the directory to write to, how often each step is to be measured, and the file of the picture. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Path work = directory.resolve("work");
        int runs = Math.max(1, Math.min(MOST_RUNS, Integer.parseInt(arguments[1])));
        Project.delete(work);
        Files.createDirectories(work);
        Report report = new Report(directory);
        report.say(Benchmark.machine() + ", " + runs + " runs\n\n" + Step.head());
        List<Step> steps = new ArrayList<>();
        try (RegistryHandle registry = RegistryHandle.start(work.resolve("registry"))) {
            Scale scale = new Scale(work, runs, registry);
            scale.step(Growth.FILES, WARM_UP);
            for (Growth growth : Growth.values()) {
                for (long amount : growth.amounts()) {
                    Step step = scale.step(growth, amount);
                    report.say(step.row());
                    steps.add(step);
                }
            }
        }
        Project.delete(work);
        report.write(Json.array(steps.stream().map(Step::json).toList()));
        Path picture = Path.of(arguments[2]);
        Files.writeString(picture, picture(steps), UTF_8);
        System.out.println("The picture: " + picture);
        // Idle threads of clients would hold the process for a while.
        System.exit(0);
    }

    private Step step(Growth growth, long amount) throws Exception {
        Path directory = Files.createDirectories(work.resolve("input"));
        List<JavaApplication> modules = growth.write(directory, amount);
        String base = growth.base(registry, amount);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            samples.add(Sample.of(registry, delivery(modules, base)));
        }
        Sample.Work watched = delivery(modules, base);
        long liveHeap;
        try (LiveHeap heap = LiveHeap.watch()) {
            watched.run();
            liveHeap = heap.most();
        }
        Step step = new Step(growth, amount, samples, liveHeap, Limit.micros(directory));
        Project.delete(directory);
        return step;
    }

    /** Makes empty repositories, and returns a delivery into these by a client with empty caches. */
    private Sample.Work delivery(List<JavaApplication> modules, String base) throws IOException {
        deliveries++;
        String repositories = "delivery-" + deliveries + "/module-";
        for (int i = 0; i < modules.size(); i++) {
            registry.createRepository(repositories + i);
        }
        Path caches = work.resolve("caches-" + deliveries);
        return () -> {
            try (Client client = Client.of(registry.variables(), caches)) {
                client.deliverTogether(modules, base, repositories, Math.min(THREADS, modules.size()));
            }
            Project.delete(caches);
        };
    }

    private static String picture(List<Step> steps) {
        List<Chart> charts = new ArrayList<>();
        for (Growth growth : Growth.values()) {
            Map<String, List<Chart.Point>> curves = new LinkedHashMap<>();
            curves.put("limit", of(steps, growth).stream().map(Step::limit).toList());
            curves.put("ours", of(steps, growth).stream().map(Step::wall).toList());
            charts.add(new Chart("More " + growth, growth.title(), "seconds", curves));
        }
        List<Step> bytes = of(steps, Growth.BYTES);
        charts.add(new Chart(
                "Memory",
                Growth.BYTES.title(),
                "MiB of heap in use",
                Map.of("heap", bytes.stream().map(Step::heap).toList())));
        Map<String, String> legend = new LinkedHashMap<>();
        legend.put("ours", "a first push, on loopback");
        legend.put("limit", "reading, digesting and sending each byte once");
        legend.put("heap", "heap in use after a collection");
        return new ChartSheet(
                        "How the cost of a first push grows",
                        "Time of a first push with more files, layers, modules and bytes, beside the least that any"
                                + " client must do, and the heap in use with more bytes. The table below has the numbers.",
                        legend)
                .svg(charts);
    }

    private static List<Step> of(List<Step> steps, Growth growth) {
        return steps.stream().filter(step -> step.growth() == growth).toList();
    }
}
