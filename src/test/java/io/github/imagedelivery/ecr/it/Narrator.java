package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Tells the reader of {@code mvn -Pdemo verify} what happens, and is silent when the demo runs as a test. Writes to the
 * terminal itself, since what a hook prints ends up in the log of the build that it belongs to.
 */
final class Narrator {
    private static final String KEY = "narrator";

    private final boolean aloud;
    private final PrintStream terminal = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    private int quoted;

    private Narrator(boolean aloud) {
        this.aloud = aloud;
    }

    /** Begins the story. */
    static Narrator begin(Map<String, Object> context, boolean aloud) {
        Narrator narrator = new Narrator(aloud);
        context.put(KEY, narrator);
        return narrator;
    }

    /** Returns the narrator that has begun. */
    static Narrator of(Map<String, Object> context) {
        return (Narrator) context.get(KEY);
    }

    void step(String title) {
        say("");
        say(title);
    }

    void say(String line) {
        if (aloud) {
            terminal.println(line.isEmpty() ? "" : "  " + line);
        }
    }

    /** Says what also belongs into the log of the build, aloud or not. */
    void note(String line) {
        say(line);
        System.out.println(line);
    }

    /** Says what the goal has printed since the last time. */
    void quote(String log) {
        log.substring(quoted)
                .lines()
                .filter(line -> line.matches("\\[(?:INFO|ERROR)].*(?:orders: | {2}cause: | {2}to fix: |The tag ).*")
                        || line.matches(" {2}(?:cause|to fix): .*"))
                .map(line -> line.replaceFirst("^\\[(?:INFO|ERROR)] ", ""))
                .forEach(line -> say("   " + line));
        quoted = log.length();
    }
}
