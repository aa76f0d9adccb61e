package io.github.imagedelivery.ecr.ci;

import java.util.Optional;

/** A directory under Git. */
public interface WorkingCopy {
    /**
     * Reads what is checked out.
     *
     * @return empty if the directory is in no working copy, or nothing has been committed yet
     * @throws WorkingCopyException if there is a working copy that cannot be read
     */
    Optional<Revision> revision() throws WorkingCopyException;
}
