package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A working copy that is read from the files of its {@code .git} (gitrepository-layout), where there is no {@code git}
 * command: the commit and its tags, but neither its time nor whether anything differs.
 */
final class GitDirectory implements WorkingCopy {
    private final Path directory;

    GitDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Revision> revision() throws WorkingCopyException {
        try {
            Optional<Path> found = find();
            return found.isEmpty() ? Optional.empty() : revision(found.get());
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            throw new WorkingCopyException(
                    "the .git of " + directory + " cannot be read: " + Texts.shown(String.valueOf(e.getMessage())), e);
        }
    }

    /** Returns the directory of the nearest repository: {@code .git} itself, or the one that such a file names. */
    Optional<Path> find() throws IOException {
        for (Path place = directory.toAbsolutePath().normalize(); place != null; place = place.getParent()) {
            Path entry = place.resolve(".git");
            if (Files.isDirectory(entry)) {
                return Optional.of(entry);
            }
            if (Files.isRegularFile(entry)) {
                // A linked working tree or a submodule: the file says where its directory is.
                return Optional.of(place.resolve(Files.readString(entry).strip().replaceFirst("^gitdir: ", "")));
            }
        }
        return Optional.empty();
    }

    private static Optional<Revision> revision(Path own) throws IOException, WorkingCopyException {
        Path link = own.resolve("commondir");
        Path common = Files.exists(link) ? own.resolve(Files.readString(link).strip()) : own;
        if (Files.isDirectory(common.resolve("reftable"))) {
            throw new WorkingCopyException("the repository keeps its refs as reftable, which only git itself reads");
        }
        GitRefs refs = new GitRefs(own, common);
        Optional<String> head = refs.head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Revision(
                head.get(),
                Revision.Cleanliness.UNKNOWN,
                List.of(),
                Optional.empty(),
                refs.tags(head.get()),
                refs.branch(),
                Optional.empty()));
    }
}
