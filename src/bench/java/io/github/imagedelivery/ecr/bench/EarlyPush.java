package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what the push waits for at the end of a build that takes its time: with layers of the base that were brought
 * meanwhile, and without, in turn. {@code sleep} stands for compiler and tests.
 */
final class EarlyPush {
    private static final int MOST_RUNS = 20;
    private static final Shape SHAPE = Shape.SMALL;
    private static final String WAIT = "org.codehaus.mojo:exec-maven-plugin:3.6.4:exec";
    private static final Pattern TIME = Pattern.compile("([0-9]+) \\[INFO\\] (.*)");

    private final int seconds = Integer.getInteger("bench.seconds");
    private final Report report = new Report(Ground.directory());
    private final Map<Boolean, List<Run>> runs = new LinkedHashMap<>();

    private EarlyPush() {}

    /**
     * A build.
     *
     * @param pushMillis from the beginning of the goal that pushes to the end of the build
     */
    private record Run(MavenRun all, long pushMillis) {
        Json json() {
            return all.json().with("pushMillis", Json.of(pushMillis));
        }
    }

    public static void main(String[] arguments) throws Exception {
        EarlyPush measured = new EarlyPush();
        measured.measure(Math.max(1, Math.min(MOST_RUNS, Integer.getInteger("bench.runs"))));
        // Threads of the relays may still wait for the end of connections.
        System.exit(0);
    }

    private void measure(int rounds) throws Exception {
        try (Ground ground = Ground.open();
                Way way = Way.open(Network.WAN, ground.registry())) {
            ground.install(List.of(SHAPE));
            Project project = Project.write(ground.work().resolve("project"), SHAPE);
            ground.online().run(project.directory(), Tool.OURS.nothing());
            ground.online().run(project.directory(), List.of(WAIT, "-Dexec.executable=true"));
            for (int round = 0; round < rounds; round++) {
                for (boolean prefetch : new boolean[] {round % 2 == 0, round % 2 != 0}) {
                    runs.computeIfAbsent(prefetch, key -> new ArrayList<>())
                            .add(run(ground, project, way, prefetch, "new-" + round + "-" + prefetch));
                }
            }
        }
        tell();
    }

    private Run run(Ground ground, Project project, Way way, boolean prefetch, String repository)
            throws IOException, InterruptedException, FormatException {
        way.registry().createRepository(repository);
        project.clean();
        Path cache = ground.work().resolve("cache");
        Project.delete(cache);
        Order order = new Order(Situation.FIRST_COLD, repository, "1", "commit", "");
        List<String> arguments = new ArrayList<>(List.of(Tool.OURS.plugin() + ":check", WAIT));
        arguments.addAll(Tool.OURS.arguments(order, way.registry(), cache));
        arguments.addAll(List.of(
                "-Decr.prefetch=" + prefetch,
                "-Dexec.executable=sleep",
                "-Dexec.args=" + seconds,
                "-Dorg.slf4j.simpleLogger.showDateTime=true"));
        MavenRun all = ground.maven().run(project.directory(), arguments, way);
        if (!way.registry().tags(repository).contains(order.version())) {
            throw new IOException("the tag was not written, see " + ground.maven().log());
        }
        return new Run(all, pushMillis(ground.maven().log()));
    }

    /** Without a format, the time of a line is how many milliseconds the JVM has run. */
    private static long pushMillis(Path log) throws IOException {
        long begun = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher timed = TIME.matcher(line);
            if (timed.matches() && timed.group(2).contains(":push ")) {
                begun = Long.parseLong(timed.group(1));
            } else if (timed.matches() && timed.group(2).equals("BUILD SUCCESS")) {
                return Long.parseLong(timed.group(1)) - begun;
            }
        }
        throw new IOException("there is no end of a build in " + log);
    }

    private void tell() throws IOException {
        report.say(Markdown.head(1, List.of("ecr.prefetch", "requests", "push s", "all s", "CPU s")));
        runs.forEach((prefetch, all) -> report.say(Markdown.row(
                prefetch.toString(),
                Spread.of(all, run -> run.all().traffic().requests().all()).toString(),
                seconds(Spread.of(all, Run::pushMillis)),
                seconds(Spread.of(all, run -> run.all().wallMillis())),
                seconds(Spread.of(all, run -> run.all().cpuMillis())))));
        Json json = Json.object();
        for (Map.Entry<Boolean, List<Run>> one : runs.entrySet()) {
            json = json.with(
                    one.getKey().toString(),
                    Json.array(one.getValue().stream().map(Run::json).toList()));
        }
        report.write(json);
    }

    private static String seconds(Spread millis) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f..%.2f)", millis.median() / 1e3, millis.min() / 1e3, millis.max() / 1e3);
    }
}
