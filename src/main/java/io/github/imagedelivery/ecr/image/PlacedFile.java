package io.github.imagedelivery.ecr.image;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A file at its place in the image.
 *
 * @param source where its bytes come from
 * @param path absolute path in the image, with {@code /} between its steps
 * @param mode permission bits, for example 0644
 */
public record PlacedFile(Source source, String path, int mode) {
    private static final int READABLE = 0644;
    private static final int EXECUTABLE = 0755;

    /** Places a file that anybody may read. */
    public PlacedFile(Source source, String path) {
        this(source, path, READABLE);
    }

    /** Where the bytes of a file come from. */
    public sealed interface Source {
        /** Opens them for reading. */
        InputStream open() throws IOException;
    }

    /**
     * A file of the build.
     *
     * @param file a regular file
     */
    public record OnDisk(Path file) implements Source {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /**
     * A file that no build wrote.
     *
     * @param text its content, written in UTF-8
     */
    public record Generated(String text) implements Source {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A file in a jar or war.
     *
     * @param archive the archive
     * @param name the file's name in it
     */
    public record InArchive(Path archive, String name) implements Source {
        @Override
        public InputStream open() throws IOException {
            ZipFile zip = new ZipFile(archive.toFile());
            try {
                ZipEntry entry = zip.getEntry(name);
                if (entry == null) {
                    throw new FileNotFoundException(name + " is no longer in " + archive);
                }
                return new FilterInputStream(zip.getInputStream(entry)) {
                    @Override
                    public void close() throws IOException {
                        zip.close();
                    }
                };
            } catch (IOException e) {
                zip.close();
                throw e;
            }
        }
    }

    /** Places a file of the build. */
    public static PlacedFile of(Path file, String path) {
        return new PlacedFile(new OnDisk(file), path);
    }

    /** Places a text. */
    public static PlacedFile of(String text, String path) {
        return new PlacedFile(new Generated(text), path);
    }

    /** Places a program, which anybody may run. */
    public static PlacedFile program(Path file, String path) {
        return new PlacedFile(new OnDisk(file), path, EXECUTABLE);
    }
}
