package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Files that are written beside their target, in a directory or a tar, and take its place when all of them are there. */
abstract class OutputFiles implements AutoCloseable {
    private final Path target;
    final Path part;

    private OutputFiles(Path target) throws IOException {
        this.target = target.toAbsolutePath();
        this.part = this.target.resolveSibling(target.getFileName() + ".part");
        Files.createDirectories(this.target.resolveSibling(""));
        remove(part);
    }

    /** Begins a directory. */
    static OutputFiles directory(Path target) throws IOException {
        return new Directory(target);
    }

    /** Begins a tar, with files of the year 1970 that belong to root. */
    static OutputFiles tar(Path target) throws IOException {
        return new Tar(target);
    }

    /** Adds a file. */
    void add(String name, byte[] content) throws IOException {
        add(name, Blob.of("", content));
    }

    /** Adds a blob; it is read to its end, where it is verified. */
    abstract void add(String name, Blob blob) throws IOException;

    /** Ends what is written. */
    abstract void end() throws IOException;

    /** Puts what was written in its place. */
    void finish() throws IOException {
        end();
        if (Files.isDirectory(part)) {
            remove(target);
        } else if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "a directory is not replaced by a file");
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what did not become whole. */
    @Override
    public void close() throws IOException {
        remove(part);
    }

    private static void copy(Blob blob, OutputStream out) throws IOException {
        try (InputStream in = blob.open()) {
            long copied = in.transferTo(out);
            if (copied != blob.descriptor().size()) {
                throw new IOException(blob.descriptor().digest() + " has " + copied + " bytes instead of "
                        + blob.descriptor().size());
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final class Directory extends OutputFiles {
        Directory(Path target) throws IOException {
            super(target);
        }

        @Override
        void add(String name, Blob blob) throws IOException {
            Path file = part.resolve(name);
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(blob, out);
            }
        }

        @Override
        void end() {
            // Each file is closed.
        }
    }

    private static final class Tar extends OutputFiles {
        private final OutputStream out;

        Tar(Path target) throws IOException {
            super(target);
            this.out = new BufferedOutputStream(Files.newOutputStream(part));
        }

        @Override
        void add(String name, Blob blob) throws IOException {
            long size = blob.descriptor().size();
            if (size > TarHeader.LARGEST) {
                throw new IOException(blob.descriptor().digest() + " is too large for a tar: " + size + " bytes");
            }
            out.write(TarHeader.of(name, size));
            copy(blob, out);
            int over = (int) (size % TarHeader.BYTES);
            out.write(new byte[over == 0 ? 0 : TarHeader.BYTES - over]);
        }

        @Override
        void end() throws IOException {
            out.write(new byte[2 * TarHeader.BYTES]);
            out.close();
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } finally {
                super.close();
            }
        }
    }
}
