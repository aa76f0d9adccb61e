package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.ArchiveFiles.Stamp;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Sorts jars that a packaging has copied, perhaps under other names, into the layers that they have in every kind of
 * application: by the library of the module that they are a copy of.
 */
final class LibraryLayers {
    private final Map<Stamp, Origin> known = new HashMap<>();
    private final Map<Origin, List<PlacedFile>> files = new EnumMap<>(Origin.class);

    /** Knows the libraries by their content. */
    LibraryLayers(List<Library> libraries) throws IOException {
        for (Library library : libraries) {
            known.put(stamp(library.jar()), library.origin());
        }
    }

    /** Returns what tells the content of a file. */
    static Stamp stamp(Path file) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Stamp(Files.size(file), crc.getValue());
    }

    /** Adds a jar; one that is no library of the module is told by its name. */
    void add(PlacedFile jar, Stamp content) {
        boolean isSnapshot = jar.path().toLowerCase(Locale.ROOT).endsWith("-snapshot.jar");
        Origin origin = Optional.ofNullable(known.get(content)).orElse(isSnapshot ? Origin.SNAPSHOT : Origin.RELEASE);
        files.computeIfAbsent(origin, key -> new ArrayList<>()).add(jar);
    }

    /** Returns the layers that have files, lowest first. */
    List<FilesLayer> layers() {
        List<FilesLayer> layers = new ArrayList<>();
        files.forEach((origin, jars) -> layers.add(new FilesLayer(ClassPathLayers.name(origin), jars)));
        return layers;
    }
}
