package io.github.imagedelivery.ecr.ci;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A directory under Git. */
public interface WorkingCopy {
    /**
     * Returns the working copy that the directory is in: read by the {@code git} command where the environment's
     * {@code PATH} has one, else from the files of {@code .git}.
     *
     * @param directory any directory of it, the root or below
     * @param environment environment variables, which {@code git} is given too
     */
    static WorkingCopy at(Path directory, Map<String, String> environment) {
        return GitProcess.find(environment)
                .<WorkingCopy>map(git -> new GitCommand(git, directory, Ownership.OF_FILES))
                .orElseGet(() -> new GitDirectory(directory));
    }

    /**
     * Reads what is checked out.
     *
     * @return empty if the directory is in no working copy, or nothing has been committed yet
     * @throws WorkingCopyException if there is a working copy that cannot be read
     */
    Optional<Revision> revision() throws WorkingCopyException;
}
