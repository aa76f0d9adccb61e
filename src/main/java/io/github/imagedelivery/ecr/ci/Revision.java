package io.github.imagedelivery.ecr.ci;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The commit that is checked out.
 *
 * @param sha its full id: 40 or 64 hexadecimal digits
 * @param cleanliness whether the working copy is what the commit says
 * @param changedPaths up to five paths that differ from the commit, cleaned for a message: a path may hold line breaks
 * @param committedAt when it was committed; empty where there is no git command to ask
 * @param tags names of the tags on it, sorted
 * @param branch name of the branch that is checked out; empty where a commit is, without one
 * @param remote URL of the remote {@code origin} as an https URL without credentials and without {@code .git}; empty
 *     when there is none or it is no such URL
 * @param ancestors ids of up to five commits before it, the nearest first, along the first parents; fewer where the
 *     clone is shallow, none where there is no git command to ask
 */
public record Revision(
        String sha,
        Cleanliness cleanliness,
        List<String> changedPaths,
        Optional<Instant> committedAt,
        List<String> tags,
        Optional<String> branch,
        Optional<String> remote,
        List<String> ancestors) {
    /** Copies the lists. */
    public Revision {
        changedPaths = List.copyOf(changedPaths);
        tags = List.copyOf(tags);
        ancestors = List.copyOf(ancestors);
    }

    /** Creates a revision of which no ancestor is known. */
    public Revision(
            String sha,
            Cleanliness cleanliness,
            List<String> changedPaths,
            Optional<Instant> committedAt,
            List<String> tags,
            Optional<String> branch,
            Optional<String> remote) {
        this(sha, cleanliness, changedPaths, committedAt, tags, branch, remote, List.of());
    }

    /** Whether the working copy is what the commit says. */
    public enum Cleanliness {
        /** Nothing differs. */
        CLEAN,
        /** Tracked files differ, or files are there that are neither tracked nor ignored. */
        DIRTY,
        /** There is no git command to ask. */
        UNKNOWN
    }
}
