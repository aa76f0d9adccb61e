package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code git status --porcelain=v2 --branch -z} says.
 *
 * @param commit id of the commit that is checked out; empty if nothing has been committed yet
 * @param branch name of the branch that is checked out; empty where a commit is, without one
 * @param changedPaths the first five paths that differ from it, as {@link Texts#shown} shows them
 */
record GitStatus(Optional<String> commit, Optional<String> branch, List<String> changedPaths) {
    /** The id of a commit, in a SHA-1 or a SHA-256 repository. */
    static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private static final int MOST_PATHS = 5;
    private static final String COMMIT = "# branch.oid ";
    private static final String BRANCH = "# branch.head ";
    private static final String DETACHED = "(detached)";

    /**
     * Fields in front of the path of an entry, by the letter that it begins with (git-status, "Porcelain Format 2").
     */
    private static int fieldsBeforePath(char kind) {
        return switch (kind) {
            case '1' -> 8;
            case '2' -> 9;
            case 'u' -> 10;
            case '?' -> 1;
            default -> 0;
        };
    }

    /** Reads the output of the command. */
    static GitStatus parse(String output) throws WorkingCopyException {
        Optional<String> commit = Optional.empty();
        Optional<String> branch = Optional.empty();
        List<String> paths = new ArrayList<>();
        Iterator<String> entries = List.of(output.split("\0")).iterator();
        while (entries.hasNext() && paths.size() < MOST_PATHS) {
            String entry = entries.next();
            int fields = entry.isEmpty() ? 0 : fieldsBeforePath(entry.charAt(0));
            if (entry.startsWith(COMMIT)) {
                commit = Optional.of(entry.substring(COMMIT.length()));
            } else if (entry.startsWith(BRANCH)) {
                branch = Optional.of(entry.substring(BRANCH.length())).filter(name -> !name.equals(DETACHED));
            } else if (fields > 0) {
                String[] split = entry.split(" ", fields + 1);
                paths.add(Texts.shown(split[split.length - 1]));
            }
            if (entry.startsWith("2 ") && entries.hasNext()) {
                entries.next(); // the path before the renaming
            }
        }
        String id = commit.orElseThrow(() -> new WorkingCopyException("git status does not name the commit"));
        if (id.equals("(initial)")) {
            return new GitStatus(Optional.empty(), branch, paths);
        }
        if (!ID.matcher(id).matches()) {
            throw new WorkingCopyException("git status: \"" + Texts.shown(id) + "\" is not the id of a commit");
        }
        return new GitStatus(commit, branch, paths);
    }

    /** Tells whether anything differs. */
    Revision.Cleanliness cleanliness() {
        return changedPaths.isEmpty() ? Revision.Cleanliness.CLEAN : Revision.Cleanliness.DIRTY;
    }
}
