package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Quarkus application in its own layout, the <i>fast-jar</i>.
 *
 * @param directory {@code target/quarkus-app}
 * @param libraries what the module's class path holds, which tells the origin of the jars in the layout
 * @param placement where the directory lies in the image that holds the layout, and that it is started in
 * @param requiredJava the Java release that the module's classes are compiled for; empty where it has none
 */
public record QuarkusApplication(Path directory, List<Library> libraries, Placement placement, OptionalInt requiredJava)
        implements Application {
    private static final String RUNNER = "quarkus-run.jar";

    /** Copies the list. */
    public QuarkusApplication {
        libraries = List.copyOf(libraries);
    }

    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        LibraryLayers jars = new LibraryLayers(libraries);
        for (Path jar : files("lib")) {
            jars.add(place(jar), LibraryLayers.stamp(jar));
        }
        List<PlacedFile> generated = new ArrayList<>(List.of(place(directory.resolve(RUNNER))));
        files("quarkus").forEach(file -> generated.add(place(file)));
        List<FilesLayer> layers = jars.layers();
        layers.add(new FilesLayer("quarkus", generated));
        layers.add(new FilesLayer(
                "application", files("app").stream().map(this::place).toList()));
        layers.removeIf(layer -> layer.files().isEmpty());
        return new Contents(
                layers, Launch.java(List.of("-jar", placement.path(RUNNER))), Optional.of(placement.root()));
    }

    private List<Path> files(String name) throws ImageException {
        return ClassesDirectory.files(directory.resolve(name));
    }

    private PlacedFile place(Path file) {
        return PlacedFile.of(file, placement.path(ImagePath.relative(directory, file)));
    }
}
