package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.PlacedFile.OnDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A layer of files. The directories above them are added to it, with mode 0755, owned by root, where they are not placed.
 *
 * @param name what the report calls it, for example {@code dependencies}; not part of the image
 * @param files what lies in it; their order does not matter
 */
public record FilesLayer(String name, List<PlacedFile> files) {
    /** The layer of a jar that the module itself has made, rather than of one that it uses. */
    static final String OWN_JAR = "jar";

    /** Copies the list. */
    public FilesLayer {
        files = List.copyOf(files);
    }

    /** Returns the files; those in a jar of the module's own as well, each behind a {@code !}. */
    List<PlacedFile> withThoseInJars() throws ImageException {
        List<PlacedFile> all = new ArrayList<>(files);
        for (PlacedFile file : files) {
            Optional<Path> jar = name.equals(OWN_JAR) ? jar(file.source()) : Optional.empty();
            if (jar.isPresent()) {
                ArchiveFiles archive = ArchiveFiles.of(jar.get());
                archive.files().keySet().forEach(entry -> all.add(archive.place(entry, file.path() + "!/" + entry)));
            }
        }
        return all;
    }

    private static Optional<Path> jar(PlacedFile.Source source) {
        if (source instanceof OnDisk onDisk) {
            return Optional.of(onDisk.file());
        }
        return source instanceof OwnJar own ? Optional.of(own.file()) : Optional.empty();
    }

    /** Returns the targets of the symbolic links by their path, without the slash in front. */
    Map<String, String> links() {
        Map<String, String> links = new TreeMap<>();
        for (PlacedFile file : files) {
            if (file.source() instanceof PlacedFile.Link link) {
                links.put(file.path().substring(1), link.target());
            }
        }
        return links;
    }
}
