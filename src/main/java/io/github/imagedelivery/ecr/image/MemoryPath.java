package io.github.imagedelivery.ecr.image;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/**
 * The path of one file that exists in this process only: all that a {@code TarImage} asks of a path is a stream.
 *
 * <p>Jib core takes no stream, but it opens its files through {@code java.nio.file.Files}, which asks the path's own
 * file system. Everything else that a path can do is refused.
 */
final class MemoryPath implements Path {
    private final String name;
    private final FileSystem fileSystem;

    private MemoryPath(String name, MemoryFileSystemProvider provider) {
        this.name = name;
        this.fileSystem = new MemoryFileSystem(provider);
    }

    /** Returns a file that can be read. */
    static Path readable(String name, byte[] content) {
        return new MemoryPath(name, new MemoryFileSystemProvider(() -> new ByteArrayInputStream(content), () -> {
            throw refused();
        }));
    }

    /** Returns a file that can be written, into the stream. */
    static Path writable(String name, OutputStream target) {
        return new MemoryPath(
                name,
                new MemoryFileSystemProvider(
                        () -> {
                            throw refused();
                        },
                        () -> target));
    }

    static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("a file in memory is only a stream");
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public @Nullable Path getRoot() {
        return null;
    }

    @Override
    public Path getFileName() {
        return this;
    }

    @Override
    public @Nullable Path getParent() {
        return null;
    }

    @Override
    public int getNameCount() {
        return 1;
    }

    @Override
    public Path getName(int index) {
        return this;
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        throw refused();
    }

    @Override
    public boolean startsWith(Path other) {
        return equals(other);
    }

    @Override
    public boolean endsWith(Path other) {
        return equals(other);
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        throw refused();
    }

    @Override
    public Path relativize(Path other) {
        throw refused();
    }

    @Override
    public URI toUri() {
        throw refused();
    }

    @Override
    public Path toAbsolutePath() {
        return this;
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return this;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw refused();
    }

    @Override
    public int compareTo(Path other) {
        return name.compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
