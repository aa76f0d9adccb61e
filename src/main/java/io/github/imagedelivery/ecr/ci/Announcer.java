package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.SecretListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Tells the CI system what it can make use of: which texts to hide, what has failed, what was published. Safe for use
 * by several threads.
 */
public interface Announcer extends SecretListener {
    /**
     * Returns the announcer for the CI system that runs the build; for another one it writes files alone.
     *
     * @param environment the variables of the build
     * @param console prints a line where the CI system reads its commands: at the beginning of a line of standard
     *     output
     */
    static Announcer of(Map<String, String> environment, Consumer<String> console) {
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            return new GitHubActions(environment, console, () -> "ecr-" + UUID.randomUUID());
        }
        return "true".equalsIgnoreCase(environment.get("TF_BUILD")) ? new AzurePipelines(console) : new ResultFiles();
    }

    /** Removes from the directory what {@link #ended} of an earlier build has left. */
    static void forget(Path directory) throws IOException {
        ResultFiles.forget(directory);
    }

    /** Has a secret hidden in all that is printed from now on. */
    @Override
    void obtained(String secret);

    /**
     * Tells of a failure.
     *
     * @param message the lines that the user reads
     */
    void failed(String message);

    /**
     * Tells how everything ended; not told a second time.
     *
     * @param outcomes the images of the build in the order of its modules; one at least
     * @param directory where {@code ecr.env} and {@code summary.md} are written for whoever wants them
     */
    void ended(List<Outcome> outcomes, Path directory) throws IOException;
}
