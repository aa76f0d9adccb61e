package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The results as files that any CI system can read: {@code ecr.env} for a shell, GitLab's dotenv reports and property
 * readers, and {@code summary.md}.
 */
final class ResultFiles implements Announcer {
    static final String SUMMARY = "summary.md";
    private static final String VARIABLES = "ecr.env";

    /** What needs no quotes, in whatever way the file is read. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@,+=-]*");

    static void forget(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(VARIABLES));
        Files.deleteIfExists(directory.resolve(SUMMARY));
    }

    @Override
    public void obtained(String secret) {
        // There is nobody to be asked to hide it.
    }

    @Override
    public void failed(String message) {
        // Maven's log tells it.
    }

    @Override
    public void ended(List<Outcome> outcomes, Path directory) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> variable :
                new Outputs(outcomes).variables().entrySet()) {
            if (PLAIN.matcher(variable.getValue()).matches()) {
                lines.append(variable.getKey())
                        .append('=')
                        .append(variable.getValue())
                        .append('\n');
            }
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(VARIABLES), lines, UTF_8);
        Files.writeString(directory.resolve(SUMMARY), Summary.of(outcomes, Integer.MAX_VALUE), UTF_8);
    }
}
