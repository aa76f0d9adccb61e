package io.github.imagedelivery.ecr.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * A file at its place in the image.
 *
 * @param source where its bytes come from
 * @param path absolute path in the image, with {@code /} between its steps
 * @param attributes its mode, owner and time
 */
public record PlacedFile(Source source, String path, FileAttributes attributes) {
    /** Where the bytes of a file come from. */
    public sealed interface Source {}

    /** What has bytes to read. */
    public sealed interface Bytes extends Source permits OnDisk, Generated, InArchive, OwnJar {
        /** Opens them for reading. */
        InputStream open() throws IOException;
    }

    /**
     * A file of the build.
     *
     * @param file a regular file
     */
    public record OnDisk(Path file) implements Bytes {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /**
     * A directory, without what is in it. Those above a file need not be placed; they get mode 0755 and root.
     *
     * @param directory any directory that is there
     */
    public record Directory(Path directory) implements Source {}

    /**
     * A symbolic link; its mode says nothing.
     *
     * @param target what it points at, relative to where it lies or absolute in the image
     */
    public record Link(String target) implements Source {}

    /**
     * A file that no build wrote.
     *
     * @param text its content, written in UTF-8
     */
    public record Generated(String text) implements Bytes {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A file in a jar or war; its manifest without the version of the module.
     *
     * @param archive the archive
     * @param name the file's name in it
     */
    public record InArchive(Path archive, String name) implements Bytes {
        @Override
        public InputStream open() throws IOException {
            return ModuleVersion.open(name, ArchiveFiles.open(archive, name));
        }

        /** Opens it in the archive, which is open. */
        InputStream open(ZipFile opened) throws IOException {
            return ModuleVersion.open(name, ArchiveFiles.open(opened, name));
        }
    }

    /** Places a file of the build, with mode 0644. */
    public static PlacedFile of(Path file, String path) {
        return new PlacedFile(new OnDisk(file), path, FileAttributes.FILE);
    }

    /** Places a text, with mode 0644. */
    public static PlacedFile of(String text, String path) {
        return new PlacedFile(new Generated(text), path, FileAttributes.FILE);
    }

    /** Places a directory, with mode 0755. */
    public static PlacedFile directory(Path directory, String path) {
        return new PlacedFile(new Directory(directory), path, FileAttributes.DIRECTORY);
    }

    /** Places a symbolic link. */
    public static PlacedFile link(String target, String path) {
        return new PlacedFile(new Link(target), path, FileAttributes.FILE);
    }

    /** Returns the same file with other attributes. */
    public PlacedFile with(FileAttributes others) {
        return new PlacedFile(source, path, others);
    }

    /** Returns the same file with another mode, for example {@code 0755}. */
    public PlacedFile withMode(int mode) {
        return with(attributes.withMode(mode));
    }
}
