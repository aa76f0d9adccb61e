package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** GitHub Actions: workflow commands on standard output, and the files of the step that the runner names. */
final class GitHubActions implements Announcer {
    /** What the runner takes of a step's summary. */
    private static final int LONGEST_SUMMARY = 1 << 20;

    private final Map<String, String> environment;
    private final Consumer<String> console;
    private final Supplier<String> delimiters;

    /**
     * Creates the announcer.
     *
     * @param delimiters gives a new text that nobody can guess, to end a value of the outputs
     */
    GitHubActions(Map<String, String> environment, Consumer<String> console, Supplier<String> delimiters) {
        this.environment = environment;
        this.console = console;
        this.delimiters = delimiters;
    }

    @Override
    public void obtained(String secret) {
        secret.lines().filter(line -> !line.isBlank()).forEach(line -> console.accept("::add-mask::" + data(line)));
    }

    @Override
    public void failed(String message) {
        String problem = message.lines().findFirst().orElse("");
        String rest = message.substring(problem.length()).strip();
        console.accept("::error title=" + property(problem) + "::" + data(rest.isEmpty() ? problem : rest));
    }

    @Override
    public void ended(List<Outcome> outcomes, Path directory) throws IOException {
        new ResultFiles().ended(outcomes, directory);
        Optional<Path> outputs = file("GITHUB_OUTPUT");
        if (outputs.isPresent()) {
            append(outputs.get(), outputs(outcomes));
        }
        Optional<Path> summary = file("GITHUB_STEP_SUMMARY");
        if (summary.isPresent()) {
            long written = Files.exists(summary.get()) ? Files.size(summary.get()) : 0;
            append(summary.get(), Summary.of(outcomes, (int) Math.max(0, LONGEST_SUMMARY - written)));
        }
    }

    private Optional<Path> file(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /** Each value ends at a line of its own that nobody could know: no text from outside can begin another value. */
    private String outputs(List<Outcome> outcomes) {
        StringBuilder lines = new StringBuilder();
        new Outputs(outcomes).values().forEach((name, value) -> {
            String delimiter = delimiters.get();
            lines.append(name)
                    .append("<<")
                    .append(delimiter)
                    .append('\n')
                    .append(value)
                    .append('\n')
                    .append(delimiter)
                    .append('\n');
        });
        return lines.toString();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
