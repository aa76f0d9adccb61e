package io.github.imagedelivery.ecr.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that a JVM has loaded.
 *
 * @param names of each
 */
record LoadedClasses(List<String> names) {
    private static final String ALL = "all";

    /** Whose the classes are, by what their names begin with; the first that fits. */
    private static final Map<String, Pattern> OWNERS = owners();

    private static final Pattern LINE = Pattern.compile("(?:\\[.*\\] ?)?(\\S+) source: .*");

    private static Map<String, Pattern> owners() {
        Map<String, Pattern> owners = new LinkedHashMap<>();
        owners.put("TLS and cryptography of the JDK", Pattern.compile("(?:sun|com\\.sun|javax)\\.(?:security|crypto|net)\\."));
        owners.put("HTTP client of the JDK", Pattern.compile("jdk\\.internal\\.net\\.http\\.|java\\.net\\.http\\."));
        owners.put("all else of the JDK", Pattern.compile("(?:javax?|jdk|sun|com\\.sun|org\\.xml|org\\.w3c)\\."));
        owners.put("ecr-maven-plugin", Pattern.compile("io\\.github\\.imagedelivery\\."));
        owners.put("Jib", Pattern.compile("com\\.google\\.cloud\\.tools\\."));
        owners.put("AWS SDK", Pattern.compile("software\\.amazon\\."));
        owners.put("Jackson", Pattern.compile("com\\.fasterxml\\."));
        owners.put("Apache HttpClient", Pattern.compile("org\\.apache\\.http\\."));
        owners.put("Maven, Guice, Guava and others", Pattern.compile(""));
        return owners;
    }

    /** Reads what {@code -Xlog:class+load} has written. */
    static LoadedClasses read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return new LoadedClasses(lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .toList());
        }
    }

    private Map<String, Long> byOwner() {
        Map<String, Long> counted = names.stream()
                .collect(Collectors.groupingBy(LoadedClasses::owner, Collectors.counting()));
        counted.put(ALL, (long) names.size());
        return counted;
    }

    private static String owner(String name) {
        return OWNERS.entrySet().stream()
                .filter(owner -> owner.getValue().matcher(name).lookingAt())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Returns the rows of a table that has a column for each run. */
    static List<String> rows(List<LoadedClasses> runs) {
        List<String> rows = new ArrayList<>();
        for (String owner : Stream.concat(Stream.of(ALL), OWNERS.keySet().stream()).toList()) {
            List<String> cells = new ArrayList<>(List.of(owner));
            for (LoadedClasses run : runs) {
                cells.add(Long.toString(run.byOwner().getOrDefault(owner, 0L)));
            }
            rows.add(Markdown.row(cells.toArray(String[]::new)));
        }
        return rows;
    }
}
