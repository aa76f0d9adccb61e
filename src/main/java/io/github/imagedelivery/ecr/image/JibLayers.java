package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import io.github.imagedelivery.ecr.image.PlacedFile.Bytes;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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

    /**
     * Returns the layers, in the same order.
     *
     * @throws ImageException if two files of a layer have the same path
     */
    List<LayerTar> of(List<FilesLayer> layers) throws ImageException, IOException {
        List<LayerTar> all = new ArrayList<>();
        try (OpenArchives archives = new OpenArchives()) {
            for (FilesLayer layer : layers) {
                all.add(new LayerTar(of(layer, archives), layer.links()));
            }
        }
        return all;
    }

    private FileEntriesLayer of(FilesLayer layer, OpenArchives archives) throws ImageException, IOException {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.name());
        Set<String> paths = new HashSet<>();
        for (PlacedFile file : layer.files()) {
            if (!paths.add(file.path())) {
                throw new ImageException(
                        "Two files have the same path in the image",
                        Texts.shown(file.path()) + " is there twice in the layer " + layer.name(),
                        "remove one of the two");
            }
            add(entries, file, archives);
        }
        return entries.build();
    }

    private void add(FileEntriesLayer.Builder entries, PlacedFile file, OpenArchives archives) throws IOException {
        FileAttributes attributes = file.attributes();
        entries.addEntry(
                source(file.source(), archives),
                AbsoluteUnixPath.get(file.path()),
                FilePermissions.fromOctalString(String.format(Locale.ROOT, "%03o", attributes.mode())),
                attributes.modified(),
                attributes.owner().toString());
    }

    private Path source(PlacedFile.Source source, OpenArchives archives) throws IOException {
        if (source instanceof PlacedFile.Directory at) {
            return at.directory();
        }
        if (source instanceof PlacedFile.Link) {
            return generated.write(new PlacedFile.Generated(""), archives); // LinkedTar puts the link in its place
        }
        return source instanceof PlacedFile.OnDisk onDisk ? onDisk.file() : generated.write((Bytes) source, archives);
    }
}
