package io.github.imagedelivery.ecr.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Tells whose a repository is. Git refuses those of other users, since their configuration names programs that it runs
 * (CVE-2022-24765). Whoever owns the directory that is built has programs run by the build anyway; nobody else may.
 *
 * @param same whether two files have the same owner
 */
record Ownership(BiPredicate<Path, Path> same) {
    /** Asks the file system. */
    static final Ownership OF_FILES = new Ownership(Ownership::haveSameOwner);

    /**
     * Tells whether a repository that Git refuses holds the directory and belongs, as a whole, to the directory's
     * owner.
     *
     * @param repository path of the working tree's root, as Git names it
     */
    boolean isThatOf(Path directory, String repository) {
        try {
            Path asked = directory.toRealPath();
            Path root = Path.of(repository).toRealPath();
            if (!asked.startsWith(root) || !same.test(asked, root)) {
                return false;
            }
            // The root can be anyone's to write to, as /tmp is, and then .git somebody else's.
            Optional<Path> content = new GitDirectory(root).find();
            return content.isPresent()
                    && same.test(asked, root.resolve(".git"))
                    && same.test(asked, content.get().toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static boolean haveSameOwner(Path one, Path other) {
        try {
            return Files.getOwner(one).equals(Files.getOwner(other));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
