package io.github.imagedelivery.ecr.ci;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the {@code git} executable so that it can neither hang nor change anything: without input, prompts, optional
 * locks or file system monitor, for a limited time and a limited output, its words in English.
 */
final class GitProcess {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Variables that would turn Git's eye from the directory to another repository; Git sets them for its hooks. */
    private static final List<String> REPOSITORY_VARIABLES = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_COMMON_DIR",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_NAMESPACE",
            "GIT_PREFIX");

    private final Program program;

    /**
     * Creates the runner.
     *
     * @param executable absolute path of the executable
     * @param environment environment variables that it gets, once they are cleaned
     * @param limit how long one run may take
     */
    GitProcess(Path executable, Map<String, String> environment, Duration limit) {
        Map<String, String> cleaned = new HashMap<>(environment);
        cleaned.keySet().removeAll(REPOSITORY_VARIABLES);
        cleaned.put("LC_ALL", "C");
        cleaned.put("GIT_OPTIONAL_LOCKS", "0");
        cleaned.put("GIT_TERMINAL_PROMPT", "0");
        this.program = new Program(executable, cleaned, limit);
    }

    /** Finds the executable on the {@code PATH} of the environment. */
    static Optional<GitProcess> find(Map<String, String> environment) {
        return Program.find("git", environment).map(file -> new GitProcess(file, environment, LIMIT));
    }

    /**
     * Runs {@code git} in the directory.
     *
     * @throws WorkingCopyException if it cannot be started or does not end in time
     */
    Program.Output run(Path directory, List<String> arguments) throws WorkingCopyException {
        List<String> all = new ArrayList<>(List.of("-c", "core.fsmonitor=false"));
        all.addAll(arguments);
        try {
            return program.run(directory, all);
        } catch (IOException e) {
            throw new WorkingCopyException("git " + e.getMessage(), e);
        }
    }
}
