package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps each repository as an OCI image layout (image-spec, image-layout.md) under one directory, so that other tools
 * read it, and across restarts. Content is written to a file aside, then moved into its place.
 */
final class DiskStorage implements Storage {
    private static final String ASIDE = ".incoming";

    private final Path root;
    private final FileChannel lockFile;
    private final LayoutFiles layouts;

    private DiskStorage(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
        this.layouts = new LayoutFiles(aside());
    }

    /**
     * Opens the directory, creating it if need be.
     *
     * @throws DirectoryInUseException if another embedded ECR uses it
     * @throws IOException if it cannot be written
     */
    static DiskStorage open(Path root) throws IOException {
        Files.createDirectories(root.resolve(ASIDE));
        FileChannel lockFile =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lockFile, root);
            DiskStorage storage = new DiskStorage(root, lockFile);
            storage.forgetUnfinished();
            return storage;
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static void lock(FileChannel lockFile, Path root) throws IOException {
        DirectoryInUseException inUse = new DirectoryInUseException(root);
        try {
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                throw inUse;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse;
        }
    }

    private void forgetUnfinished() throws IOException {
        try (Stream<Path> left = Files.list(aside())) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public Pending begin() {
        return new Growing(aside().resolve(UUID.randomUUID().toString()));
    }

    @Override
    public void keep(Pending content, String repository, Digest digest) throws IOException {
        Path place = blob(repository, digest);
        Files.createDirectories(place.getParent());
        Files.move(
                ((Growing) content).file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void link(Digest digest, String from, String to) throws IOException {
        if (has(to, digest)) {
            return;
        }
        Pending copy = begin();
        try (InputStream in = open(from, digest)) {
            copy.append(in);
        }
        keep(copy, to, digest);
    }

    @Override
    public boolean has(String repository, Digest digest) {
        return Files.isRegularFile(blob(repository, digest));
    }

    @Override
    public long size(String repository, Digest digest) throws IOException {
        return Files.size(blob(repository, digest));
    }

    @Override
    public InputStream open(String repository, Digest digest) throws IOException {
        return Files.newInputStream(blob(repository, digest));
    }

    @Override
    public void drop(String repository, Digest digest) throws IOException {
        Files.deleteIfExists(blob(repository, digest));
    }

    @Override
    public List<Digest> contents(String repository) throws IOException {
        Path blobs = blobs(repository);
        if (!Files.isDirectory(blobs)) {
            return List.of();
        }
        List<Digest> digests = new ArrayList<>();
        try (Stream<Path> files = Files.list(blobs)) {
            for (Path file : files.toList()) {
                digests.add(Digest.parse("sha256:" + file.getFileName()));
            }
        } catch (FormatException e) {
            throw new IOException("a foreign file is in " + blobs + ": " + e.getMessage(), e);
        }
        return digests;
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        layouts.write(directory(snapshot.repository()), snapshot);
    }

    @Override
    public List<Snapshot> load() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                if (LayoutFiles.isReserved(String.valueOf(directory.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (Files.isRegularFile(directory.resolve(LayoutFiles.INDEX))) {
                    found.add(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        List<Snapshot> snapshots = new ArrayList<>();
        for (Path directory : found) {
            String name = root.relativize(directory).toString().replace('\\', '/');
            snapshots.add(layouts.read(directory, name));
        }
        return snapshots;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private Path aside() {
        return root.resolve(ASIDE);
    }

    private Path directory(String repository) {
        return root.resolve(repository);
    }

    private Path blobs(String repository) {
        return directory(repository).resolve(LayoutFiles.BLOBS).resolve("sha256");
    }

    private Path blob(String repository, Digest digest) {
        return blobs(repository).resolve(digest.encoded());
    }

    private static final class Growing extends Pending {
        private final Path file;

        Growing(Path file) {
            this.file = file;
        }

        @Override
        OutputStream appending() throws IOException {
            return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        void discard() throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
