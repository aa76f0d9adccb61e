package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.ArchiveFiles.Stamp;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A web application, unpacked where the server of the base image looks for it. The base's own command starts it.
 *
 * @param war the archive as maven-war-plugin has made it
 * @param libraries what the module's class path holds, which tells the origin of the jars in the archive
 * @param leftOut jars that are for development and do not go into the image
 * @param placement where the directory lies in the image that it is unpacked to
 * @param requiredJava the Java release that its classes are compiled for; empty where it has none
 */
public record WebApplication(
        Path war, List<Library> libraries, List<Path> leftOut, Placement placement, OptionalInt requiredJava)
        implements Application {
    private static final String LIBRARIES = "WEB-INF/lib/";
    private static final String CLASSES = "WEB-INF/classes/";

    /** Copies the lists. */
    public WebApplication {
        libraries = List.copyOf(libraries);
        leftOut = List.copyOf(leftOut);
    }

    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        ArchiveFiles archive = ArchiveFiles.of(war);
        Set<Stamp> unwanted = new HashSet<>();
        for (Path jar : leftOut) {
            unwanted.add(LibraryLayers.stamp(jar));
        }
        LibraryLayers jars = new LibraryLayers(libraries);
        List<PlacedFile> resources = new ArrayList<>();
        List<PlacedFile> classes = new ArrayList<>();
        for (Map.Entry<String, Stamp> file : archive.files().entrySet()) {
            String name = file.getKey();
            PlacedFile placed = archive.place(name, placement.path(name));
            if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
                if (!unwanted.contains(file.getValue())) {
                    jars.add(placed, file.getValue());
                }
            } else if (!ModuleVersion.isLeftOut(name)) {
                (name.startsWith(CLASSES) && name.endsWith(".class") ? classes : resources).add(placed);
            }
        }
        List<FilesLayer> layers = jars.layers();
        layers.add(new FilesLayer("resources", resources));
        layers.add(new FilesLayer("classes", classes));
        layers.removeIf(layer -> layer.files().isEmpty());
        return new Contents(layers, new Launch.ByBase());
    }
}
