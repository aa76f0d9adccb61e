package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The event that a run of GitHub Actions was started by, as the runner's variables and its file tell it. */
final class GitHubEvent {
    /** The most that GitHub delivers as the payload of an event. */
    private static final long LIMIT = 25L << 20;

    private GitHubEvent() {}

    static boolean isPullRequest(Variables variables) {
        return variables.value("GITHUB_EVENT_NAME").orElse("").startsWith("pull_request");
    }

    /**
     * Returns the commit that the run is for. For a pull request that is the head of its branch: {@code GITHUB_SHA} is
     * a merge that GitHub has made for the run, or the target's commit.
     *
     * @return empty for a pull request whose event cannot be read
     */
    static Optional<String> commit(Variables variables) {
        return isPullRequest(variables) ? head(variables) : variables.value("GITHUB_SHA");
    }

    private static Optional<String> head(Variables variables) {
        try {
            Path event = Path.of(variables.value("GITHUB_EVENT_PATH").orElse(""));
            if (!Files.isRegularFile(event) || Files.size(event) > LIMIT) {
                return Optional.empty();
            }
            Json payload = Json.parse(Files.readAllBytes(event));
            return payload.get("pull_request").get("head").get("sha").text();
        } catch (IOException | FormatException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
