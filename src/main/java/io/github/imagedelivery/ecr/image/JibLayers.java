package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells Jib what goes into each layer.
 *
 * <p>Only files are named. Jib adds the directories above them, and gives every entry owner and time that do not depend
 * on the machine: root, one second after the epoch.
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
                entries.addEntry(
                        source(file.source()),
                        AbsoluteUnixPath.get(file.path()),
                        FilePermissions.fromOctalString(Integer.toOctalString(file.mode())));
            }
            all.add(entries.build());
        }
        return all;
    }

    private Path source(PlacedFile.Source source) throws IOException {
        return source instanceof PlacedFile.OnDisk onDisk ? onDisk.file() : generated.write(source);
    }
}
