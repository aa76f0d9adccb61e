package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compiled classes and resources, {@code target/classes}. Symbolic links are followed inside the directory only: one
 * that leads out of it would carry a file of the machine into the image.
 */
final class ClassesDirectory {
    private final Path root;
    private final List<Path> files = new ArrayList<>();

    private ClassesDirectory(Path root) {
        this.root = root;
    }

    /**
     * Returns the regular files below the directory, sorted; none when the directory is not there.
     *
     * @throws ImageException naming the first link that leads outside or nowhere, or special file (pipe, socket,
     *     device)
     */
    static List<Path> files(Path directory) throws ImageException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try {
            ClassesDirectory walked = new ClassesDirectory(directory.toRealPath());
            Files.walkFileTree(
                    directory, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walked.new Visitor());
            return walked.files.stream().sorted().toList();
        } catch (FileSystemLoopException e) {
            throw refused(Path.of(e.getFile()), "is a link that leads round in a circle");
        } catch (RefusedException e) {
            throw refused(e.file, e.reason);
        } catch (IOException e) {
            throw refused(directory, "cannot be read: " + Texts.shown(e.toString()));
        }
    }

    private static ImageException refused(Path file, String reason) {
        return new ImageException(
                "The classes directory cannot be packed",
                Texts.shown(file.toString()) + " " + reason,
                "remove it, or let the build copy the file there");
    }

    private void checkLink(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            throw new RefusedException(file, "is a link that leads nowhere");
        }
        if (Files.isSymbolicLink(file) && !file.toRealPath().startsWith(root)) {
            throw new RefusedException(file, "is a link that leads out of the directory");
        }
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            // The root itself may be a link: the user named it.
            if (!directory.toRealPath().equals(root)) {
                checkLink(directory, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            checkLink(file, attributes);
            if (!attributes.isRegularFile()) {
                throw new RefusedException(file, "is neither file nor directory");
            }
            files.add(file);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class RefusedException extends IOException {
        private final transient Path file;
        private final String reason;

        RefusedException(Path file, String reason) {
            super(reason);
            this.file = file;
            this.reason = reason;
        }
    }
}
