package io.github.imagedelivery.ecr.image;

import static io.github.imagedelivery.ecr.image.MemoryPath.refused;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Opens the streams of one {@link MemoryPath}; refuses all else that a file system can do. */
final class MemoryFileSystemProvider extends FileSystemProvider {
    private final Supplier<InputStream> source;
    private final Supplier<OutputStream> target;

    MemoryFileSystemProvider(Supplier<InputStream> source, Supplier<OutputStream> target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) {
        return source.get();
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) {
        return target.get();
    }

    @Override
    public String getScheme() {
        return "memory";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw refused();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw refused();
    }

    @Override
    public Path getPath(URI uri) {
        throw refused();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw refused();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter) {
        throw refused();
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
        throw refused();
    }

    @Override
    public void delete(Path path) {
        throw refused();
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw refused();
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) {
        throw refused();
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path == other;
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw refused();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) {
        throw refused();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw refused();
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
        throw refused();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw refused();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw refused();
    }
}
