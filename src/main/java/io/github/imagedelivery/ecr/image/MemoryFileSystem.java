package io.github.imagedelivery.ecr.image;

import static io.github.imagedelivery.ecr.image.MemoryPath.refused;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The file system of one {@link MemoryPath}: leads to the provider and knows nothing else. */
final class MemoryFileSystem extends FileSystem {
    private final MemoryFileSystemProvider provider;

    MemoryFileSystem(MemoryFileSystemProvider provider) {
        this.provider = provider;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw refused();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of();
    }

    @Override
    public Path getPath(String first, String... more) {
        throw refused();
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw refused();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw refused();
    }

    @Override
    public WatchService newWatchService() {
        throw refused();
    }
}
