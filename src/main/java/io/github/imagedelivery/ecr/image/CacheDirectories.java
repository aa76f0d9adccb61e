package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The parts of the builder's directory, which only its owner can enter: they hold the application.
 *
 * @param generated files that no build wrote
 * @param notes what layers came to when they were compressed
 * @param spill tarballs that did not fit into memory, until their image is closed
 */
record CacheDirectories(Path generated, Path notes, Path spill) {
    /** Creates what is not there yet. */
    static CacheDirectories in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new CacheDirectories(
                create(directory.resolve("generated")),
                create(directory.resolve("notes")),
                create(directory.resolve("spill")));
    }

    private static Path create(Path directory) throws IOException {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        return Files.createDirectories(directory, ownerOnly);
    }
}
