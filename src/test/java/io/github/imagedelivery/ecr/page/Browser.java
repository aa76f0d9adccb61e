package io.github.imagedelivery.ecr.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium without a window, as a reader of a page has it. */
public final class Browser {
    private static final List<String> NAMES = List.of("chromium", "google-chrome");

    private final String program;
    private final Path profile;

    private Browser(String program, Path profile) {
        this.program = program;
        this.profile = profile;
    }

    /**
     * Finds it; skips the test where it is not installed, but for a CI job.
     *
     * @param profile directory for its own files
     */
    static Browser find(Path profile) {
        Optional<Browser> found = ifInstalled(profile);
        assumeTrue(found.isPresent(), "chromium is not installed");
        return found.orElseThrow();
    }

    /** Finds it; a CI job has it, and fails where it has not. */
    public static Optional<Browser> ifInstalled(Path profile) {
        Optional<String> found = NAMES.stream().filter(Browser::isInstalled).findFirst();
        assertThat(found.isPresent() || System.getenv("CI") == null)
                .as("chromium is installed")
                .isTrue();
        return found.map(name -> new Browser(name, profile));
    }

    private static boolean isInstalled(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, name)));
    }

    /** Returns the document as it is once its script has run. */
    public String dom(Path page) throws IOException, InterruptedException {
        return run("--dump-dom", page.toUri().toString());
    }

    /** Takes a picture of the page, by day or by night. */
    public void screenshot(Path page, Path picture, int width, int height, boolean night)
            throws IOException, InterruptedException {
        Files.createDirectories(picture.getParent());
        run(
                "--screenshot=" + picture,
                "--window-size=" + width + "," + height,
                "--hide-scrollbars",
                "--blink-settings=preferredColorScheme=" + (night ? "0" : "1"),
                page.toUri().toString());
        assertThat(picture).isNotEmptyFile();
    }

    /** Prints the page. */
    void print(Path page, Path document) throws IOException, InterruptedException {
        Files.createDirectories(document.getParent());
        run("--print-to-pdf=" + document, "--no-pdf-header-footer", page.toUri().toString());
        assertThat(document).isNotEmptyFile();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--user-data-dir=" + profile.resolve("profile")));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(profile, "errors", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(errors))
                .isZero();
        return output;
    }
}
