package io.github.imagedelivery.ecr.mojo;

import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/**
 * The lines of Maven's log. One that cannot be written ends nothing: when the JVM is told to end, Maven 4 closes the
 * terminal that it writes to, and throws, while a publish is finished that has begun.
 *
 * @param maven writes them
 */
record LogLines(Log maven) {
    void debug(String line) {
        write(maven::debug, line);
    }

    void info(String line) {
        write(maven::info, line);
    }

    void warn(String line) {
        write(maven::warn, line);
    }

    void error(String line) {
        write(maven::error, line);
    }

    private static void write(Consumer<CharSequence> level, String line) {
        try {
            level.accept(line);
        } catch (IllegalStateException e) {
            return; // the terminal is closed, and nobody reads there any more
        }
    }
}
