package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.it.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is on a real terminal, tmux's, while two images go up side by side. */
class TerminalTest {
    private static final String OTHERS =
            "\\[INFO\\] other: line (\\d+) of a module that has no image and says much all the same";
    private static final Pattern LIVE = Pattern.compile("(orders |billing)  stage  .* MB of \\d\\.\\d MB .*");

    private static final int ROWS = 20;

    @TempDir
    Path directory;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Programs.find("tmux").isPresent() || Programs.areMandatory(), "tmux is not installed");
        String command = String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WatchedBuild.class.getName(),
                directory.resolve("build").toString(),
                "; seq -f 'after %g' 30; exec cat");
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", String.valueOf(ROWS), command);
    }

    @AfterEach
    void end() throws Exception {
        tmux("kill-server");
    }

    @Test
    @Timeout(120)
    void showsALineForEachImageWhileOtherLinesScrollAboveAndThenNothingOfThem() throws Exception {
        List<String> during = awaitScreen(TerminalTest::showsBoth);
        assertThat(during.subList(0, ROWS - 2))
                .as("%s", during)
                .allMatch(line -> line.isEmpty() || line.matches(OTHERS));

        Files.createFile(directory.resolve("build/go"));
        awaitScreen(screen -> screen.stream().anyMatch(line -> line.equals("the build has ended with failures []")));

        List<String> all = lines("-S", "-");
        assertThat(all).noneMatch(line -> LIVE.matcher(line).find());
        List<String> others =
                all.stream().filter(line -> line.contains("other")).toList();
        assertThat(others)
                .allMatch(line -> line.matches(OTHERS))
                .extracting(line -> line.replaceAll(OTHERS, "$1"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, others.size())
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(lines().get(ROWS - 2)).as("all rows scroll again").isEqualTo("the build has ended with failures []");
    }

    @Test
    @Timeout(120)
    void givesTheTerminalBackThoughTheBuildIsKilled() throws Exception {
        awaitScreen(TerminalTest::showsBoth);
        long pid = Long.parseLong(Files.readString(directory.resolve("build/pid")));

        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

        awaitScreen(screen -> screen.contains("after 30")
                && screen.stream().noneMatch(line -> LIVE.matcher(line).find()));
        tmux("send-keys", "another line", "Enter");
        awaitScreen(screen -> screen.contains("another line"));
    }

    private static boolean showsBoth(List<String> screen) {
        return screen.size() == ROWS
                && LIVE.matcher(screen.get(ROWS - 2)).matches()
                && LIVE.matcher(screen.get(ROWS - 1)).matches();
    }

    private List<String> awaitScreen(Predicate<List<String>> wanted) throws Exception {
        List<String> screen = lines();
        while (!wanted.test(screen)) {
            Thread.sleep(100);
            screen = lines();
        }
        return screen;
    }

    private List<String> lines(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("capture-pane", "-p"));
        arguments.addAll(List.of(more));
        return tmux(arguments.toArray(String[]::new))
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    /** The server is this test's own: its socket lies in the test's directory. */
    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tmux", "-S", directory.resolve("tmux").toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
