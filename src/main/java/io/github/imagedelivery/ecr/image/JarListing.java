package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What is in a jar.
 *
 * @param files the files by name, in the order of the jar
 */
record JarListing(Map<String, JarFile> files) {
    /**
     * A file in a jar.
     *
     * @param time when it was changed, in milliseconds since the epoch, or -1
     * @param content hash of its content
     */
    record JarFile(long time, Digest content) {}

    static boolean isJar(String name) {
        return name.endsWith(".jar") || name.endsWith(".war") || name.endsWith(".zip");
    }

    /**
     * Reads a jar.
     *
     * @param size length of the jar in bytes
     * @throws IOException if it is no jar, an empty one, or one that unpacks to too much
     */
    static JarListing read(InputStream jar, long size, ReadAllowance allowance) throws IOException {
        Map<String, JarFile> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(jar)) {
            InputStream content = allowance.inflated(zip, size);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                allowance.note(entry.getName());
                files.put(entry.getName(), new JarFile(entry.getTime(), LayerStream.hash(content)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a name in it is no UTF-8", e);
        }
        if (files.isEmpty()) {
            throw new IOException("there is no file in it");
        }
        return new JarListing(files);
    }

    /** Tells whether a file of the same content has another time in the other jar. */
    boolean hasOtherTimes(JarListing other) {
        return files.entrySet().stream().anyMatch(file -> {
            JarFile there = other.files.get(file.getKey());
            return there != null && there.time() != file.getValue().time();
        });
    }
}
