package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.image.PlacedFile.InArchive;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of a jar or war, which is read when they are packed.
 *
 * @param archive the jar or war
 * @param files its files by name, sorted
 */
record ArchiveFiles(Path archive, Map<String, Stamp> files) {
    /**
     * What tells the content of a file from others without reading it.
     *
     * @param size length in bytes
     * @param crc checksum of the content
     */
    record Stamp(long size, long crc) {}

    /**
     * Lists the files.
     *
     * @throws ImageException if it is no archive, or if a name in it would lead out of the directory it is unpacked to
     */
    static ArchiveFiles of(Path archive) throws ImageException {
        Map<String, Stamp> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
                ZipEntry entry = entries.next();
                if (!isPlain(entry.getName())) {
                    throw refused(archive, "it holds the name \"" + Texts.shown(entry.getName()) + "\"");
                }
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), new Stamp(entry.getSize(), entry.getCrc()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused(archive, Texts.shown(e.toString()));
        }
        return new ArchiveFiles(archive, files);
    }

    private static boolean isPlain(String name) {
        boolean leadsAway = name.startsWith("/") || ("/" + name + "/").matches(".*/(?:\\.{0,2})/.+|.*/\\.{1,2}/");
        return !leadsAway && name.indexOf('\\') < 0 && name.chars().noneMatch(Character::isISOControl);
    }

    private static ImageException refused(Path archive, String reason) {
        return new ImageException(
                "The archive " + Texts.shown(archive.toString()) + " cannot be unpacked",
                reason,
                "build it again: mvn clean package");
    }

    /** Opens a file of an archive. */
    static InputStream open(Path archive, String name) throws IOException {
        ZipFile zip = new ZipFile(archive.toFile());
        try {
            return new FilterInputStream(open(zip, name)) {
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

    /** Opens a file of an archive that is open. */
    static InputStream open(ZipFile archive, String name) throws IOException {
        ZipEntry entry = archive.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(name + " is no longer in " + archive.getName());
        }
        return archive.getInputStream(entry);
    }

    /** Places a file of the archive. */
    PlacedFile place(String name, String path) {
        return new PlacedFile(new InArchive(archive, name), path, FileAttributes.FILE);
    }

    /** Returns an attribute of the manifest. */
    Optional<String> attribute(String name) throws IOException {
        if (!files.containsKey(JarFile.MANIFEST_NAME)) {
            return Optional.empty();
        }
        try (InputStream in = open(archive, JarFile.MANIFEST_NAME)) {
            return Optional.ofNullable(new Manifest(in).getMainAttributes().getValue(name));
        }
    }

    /** Returns the lines of a text file in the archive. */
    List<String> lines(String name) throws IOException {
        try (InputStream in = open(archive, name)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}
