package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells Jib what goes into each layer.
 *
 * <p>Jib adds the directories above the files: 0755, root, one second after the epoch.
 */
final class JibLayers {
    private final GeneratedFiles generated;

    JibLayers(GeneratedFiles generated) {
        this.generated = generated;
    }

    /** Returns the layers as Jib knows them, in the same order. */
    List<FileEntriesLayer> of(List<FilesLayer> layers) throws IOException {
        List<FileEntriesLayer> all = new ArrayList<>();
        for (FilesLayer layer : layers) {
            FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
            for (PlacedFile file : layer.files()) {
                add(entries, file);
            }
            all.add(entries.build());
        }
        return all;
    }

    private void add(FileEntriesLayer.Builder entries, PlacedFile file) throws IOException {
        FileAttributes attributes = file.attributes();
        entries.addEntry(
                source(file.source()),
                AbsoluteUnixPath.get(file.path()),
                FilePermissions.fromOctalString(String.format(Locale.ROOT, "%03o", attributes.mode())),
                attributes.modified(),
                attributes.owner().toString());
    }

    private Path source(PlacedFile.Source source) throws IOException {
        if (source instanceof PlacedFile.Generated text) {
            return generated.write(text.text());
        }
        return source instanceof PlacedFile.Directory at ? at.directory() : ((PlacedFile.OnDisk) source).file();
    }
}
