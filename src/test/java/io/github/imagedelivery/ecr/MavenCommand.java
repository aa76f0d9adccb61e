package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A command of Maven as a page shows it.
 *
 * @param words its words, without {@code mvn}
 */
record MavenCommand(List<String> words) {
    static final String VERSION = read("pom.xml").replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");

    private static final Pattern COMMAND = Pattern.compile("(?m)(?<![\\w:/.-])mvn ([^'#\n|&]*)");
    private static final Set<String> PHASES =
            Set.of("clean", "validate", "compile", "test", "package", "verify", "install", "deploy", "site");
    private static final Pattern GOAL =
            Pattern.compile("(?:ecr|io\\.github\\.imagedelivery:ecr-maven-plugin:([^:]+)):([a-z]+)");

    /** Returns the commands in a text. */
    static List<MavenCommand> all(String text) {
        String joined = text.replace("\\\n", " ")
                .replaceAll("(?m)(?:^| )#.*$", "")
                .replaceAll("\\$\\([^)]*\\)", "X")
                .replaceAll(" -(?:pl|rf|f|l) \\S+", "");
        return COMMAND.matcher(joined)
                .results()
                .map(found -> new MavenCommand(List.of(found.group(1).strip().split("\\s+"))))
                .toList();
    }

    /** Returns the words that Maven or the plugin would not know, or not heed. */
    List<String> mistakes() {
        return words.stream().filter(word -> !isRight(word)).toList();
    }

    private static boolean isRight(String word) {
        if (word.startsWith("-Decr.")) {
            return isParameter(word.substring(2).replaceFirst("=.*", ""));
        }
        if (word.startsWith("-P")) {
            return read("pom.xml").contains("<id>" + word.substring(2) + "</id>");
        }
        var goal = GOAL.matcher(word);
        if (goal.matches()) {
            return isGoal(goal.group(2))
                    && (goal.group(1) == null || goal.group(1).equals(VERSION));
        }
        return word.startsWith("-") || PHASES.contains(word) || word.equals("spotless:apply");
    }

    /** Tells whether the plugin has the property. */
    static boolean isParameter(String property) {
        return descriptor().contains("${" + property + "}");
    }

    /** Tells whether the plugin has the goal. */
    static boolean isGoal(String goal) {
        return descriptor().contains("<goal>" + goal + "</goal>");
    }

    private static String descriptor() {
        try (InputStream in = MavenCommand.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError("there is no plugin descriptor", e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
