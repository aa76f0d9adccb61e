package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, sent to a process whose signals are the JVM's, or the system's as where JLine has a terminal open. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class InterruptSignalTest {
    private static final int INTERRUPTED = 130;

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "system"})
    void finishesAPublishThatHasBegun(String handler) throws Exception {
        List<String> printed = interrupted("publishing", handler, "meanwhile");

        assertThat(printed).contains("publishing", "published", "hook");
    }

    @Test
    void givesTheSignalBackToTheSystem() throws Exception {
        assertThat(interrupted("idle", "system", "afterwards")).containsExactly("idle");
    }

    @Test
    void leavesTheSignalToTheJvm() throws Exception {
        assertThat(interrupted("idle", "jvm", "afterwards")).containsExactly("idle", "hook");
    }

    /** Returns what the program prints that is sent the signal when it has printed a word. */
    private static List<String> interrupted(String word, String... arguments) throws Exception {
        // Whoever has started the tests in the background of a shell may have had the signal ignored.
        ProcessBuilder builder = new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedPublish.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            List<String> printed = new ArrayList<>();
            String line;
            while ((line = output.readLine()) != null) {
                printed.add(line);
                if (line.equals(word)) {
                    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor();
                }
            }
            assertThat(process.waitFor()).isEqualTo(INTERRUPTED);
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
