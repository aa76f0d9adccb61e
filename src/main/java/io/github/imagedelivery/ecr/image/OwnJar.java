package io.github.imagedelivery.ecr.image;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;

import io.github.imagedelivery.ecr.image.PlacedFile.OnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A jar that a module has made. It goes into the image without the {@linkplain ModuleVersion version} of the module.
 *
 * @param file the jar
 * @param groupId that of the module; what the jar says of other groups is of libraries that were merged into it, and
 *     stays for the scanners that look for them
 */
public record OwnJar(Path file, String groupId) implements PlacedFile.Bytes {
    private static final Pattern SIGNATURE = Pattern.compile("(?i)META-INF/[^/]+\\.SF");

    /** Places the jar; one that is signed as it is, since it would no longer be what was signed. */
    PlacedFile at(String path) throws ImageException, IOException {
        Set<String> names = ArchiveFiles.of(file).files().keySet();
        boolean isSigned =
                names.stream().anyMatch(name -> SIGNATURE.matcher(name).matches());
        boolean isKept = isSigned || !saysTheVersion(names);
        return new PlacedFile(isKept ? new OnDisk(file) : this, path, FileAttributes.FILE);
    }

    private boolean saysTheVersion(Set<String> names) throws IOException {
        if (names.stream().anyMatch(this::isLeftOut)) {
            return true;
        }
        if (!names.contains(JarFile.MANIFEST_NAME)) {
            return false;
        }
        try (InputStream in = ArchiveFiles.open(file, JarFile.MANIFEST_NAME)) {
            byte[] manifest = in.readAllBytes();
            return !Arrays.equals(manifest, ModuleVersion.without(manifest));
        }
    }

    private boolean isLeftOut(String name) {
        return name.startsWith(ModuleVersion.DIRECTORY + groupId + "/");
    }

    /** Opens a copy without the version; all else is in it as it was compressed. */
    @Override
    public InputStream open() throws IOException {
        Path copy = Files.createTempFile("ecr-", ".jar");
        try {
            copy(copy);
            return Files.newInputStream(copy, DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.delete(copy);
            throw e;
        }
    }

    private void copy(Path copy) throws IOException {
        try (ZipFile from = ZipFile.builder().setPath(file).get();
                ZipArchiveOutputStream to = new ZipArchiveOutputStream(copy)) {
            for (ZipArchiveEntry entry : Collections.list(from.getEntriesInPhysicalOrder())) {
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    write(entry, from.getInputStream(entry), to);
                } else if (!isLeftOut(entry.getName())) {
                    to.addRawArchiveEntry(entry, from.getRawInputStream(entry));
                }
            }
        }
    }

    private static void write(ZipArchiveEntry entry, InputStream from, ZipArchiveOutputStream to) throws IOException {
        byte[] manifest = ModuleVersion.without(from.readAllBytes());
        ZipArchiveEntry changed = new ZipArchiveEntry(entry);
        changed.setSize(manifest.length);
        to.putArchiveEntry(changed);
        to.write(manifest);
        to.closeArchiveEntry();
    }
}
