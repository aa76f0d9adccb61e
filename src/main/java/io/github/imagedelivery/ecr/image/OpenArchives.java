package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.PlacedFile.Bytes;
import io.github.imagedelivery.ecr.image.PlacedFile.InArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * Archives of which many files are read. Each is opened once: whoever opens one reads the names of all of its files, so
 * to open it for every file takes time that grows with the square of their number. Belongs to one thread.
 */
final class OpenArchives implements AutoCloseable {
    private final Map<Path, ZipFile> archives = new HashMap<>();

    /** Opens a file, which may lie in an archive. */
    InputStream open(Bytes source) throws IOException {
        return source instanceof InArchive file ? file.open(archive(file.archive())) : source.open();
    }

    private ZipFile archive(Path path) throws IOException {
        ZipFile archive = archives.get(path);
        if (archive == null) {
            archive = new ZipFile(path.toFile());
            archives.put(path, archive);
        }
        return archive;
    }

    @Override
    public void close() throws IOException {
        for (ZipFile archive : archives.values()) {
            archive.close();
        }
    }
}
