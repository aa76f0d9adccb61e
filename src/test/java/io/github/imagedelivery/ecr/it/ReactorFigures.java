package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the builds of {@link Reactors} came to, as tables in {@code target/reactors.md}. */
final class ReactorFigures {
    private static final String KEY = "figures";

    private final Properties builds = new Properties();
    private final List<String> rows = new ArrayList<>();
    private final Map<String, Map<String, Long>> requests = new LinkedHashMap<>();

    private ReactorFigures() {}

    /** Begins with what the directory's {@code invoker.properties} says of each build. */
    static void begin(Map<String, Object> context, File directory) throws IOException {
        ReactorFigures figures = new ReactorFigures();
        try (Reader reader = Files.newBufferedReader(directory.toPath().resolve("invoker.properties"), UTF_8)) {
            figures.builds.load(reader);
        }
        context.put(KEY, figures);
    }

    static ReactorFigures of(Map<String, Object> context) {
        return (ReactorFigures) context.get(KEY);
    }

    /** Adds what became of a build: images staged that did not get a tag, and tags that were not there before. */
    void build(int number, int staged, int tags, String time) {
        String modules = builds.getProperty("invoker.project." + number).replaceAll("\\D", "");
        String goals = builds.getProperty("invoker.goals." + number).replaceFirst("\\S+:publish", "ecr:publish");
        rows.add("| " + modules + " | `mvn " + goals + "` | " + staged + " | " + tags + " | " + time + " |");
    }

    /** Adds the requests of a build. */
    void requests(String build, List<RecordedRequest> served) {
        requests.put(
                build,
                served.stream()
                        .collect(Collectors.groupingBy(ReactorFigures::kind, TreeMap::new, Collectors.counting())));
    }

    private static String kind(RecordedRequest request) {
        return request.kind().replaceFirst("/v2/s\\d+/", "/v2/NAME/").replaceAll("sha256:[0-9a-f]{64}", "DIGEST");
    }

    /** Writes all tables. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| Modules | Build | Staged, without a tag | New tags | Time |");
        lines.add("| --- | --- | --- | --- | --- |");
        lines.addAll(rows);
        lines.add("");
        lines.add("| Request | " + String.join(" | ", requests.keySet()) + " |");
        lines.add("| --- |" + " --- |".repeat(requests.size()));
        Set<String> kinds = new TreeSet<>();
        requests.values().forEach(counts -> kinds.addAll(counts.keySet()));
        for (String kind : kinds) {
            lines.add("| `" + kind + "` | " + counts(kind) + " |");
        }
        lines.add("| all | "
                + requests.values().stream()
                        .map(counts -> Long.toString(counts.values().stream()
                                .mapToLong(Long::longValue)
                                .sum()))
                        .collect(Collectors.joining(" | "))
                + " |");
        Files.write(file, lines, UTF_8);
    }

    private String counts(String kind) {
        return requests.values().stream()
                .map(counts -> counts.getOrDefault(kind, 0L).toString())
                .collect(Collectors.joining(" | "));
    }
}
