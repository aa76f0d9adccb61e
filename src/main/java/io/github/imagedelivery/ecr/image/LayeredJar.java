package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A jar of Spring Boot, unpacked into the layers that its own index names, in that order, and started by its launcher.
 *
 * @param jar the repackaged jar
 * @param placement where the directory lies in the image that it is unpacked to
 * @param requiredJava the Java release that its start class is compiled for
 */
public record LayeredJar(Path jar, Placement placement, OptionalInt requiredJava) implements Application {
    @Override
    public List<String> problems() {
        return placement.problems();
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        ArchiveFiles archive = ArchiveFiles.of(jar);
        String index =
                archive.attribute("Spring-Boot-Layers-Index").orElseThrow(() -> refused("it has no index of layers"));
        String launcher =
                archive.attribute("Main-Class").orElseThrow(() -> refused("its manifest names no Main-Class"));
        if (!archive.files().containsKey(index)) {
            throw refused("its index " + Texts.shown(index) + " is missing");
        }
        List<LayersIndex.Layer> named = LayersIndex.read(archive.lines(index));
        List<List<PlacedFile>> files = new ArrayList<>();
        named.forEach(layer -> files.add(new ArrayList<>()));
        for (String name : archive.files().keySet()) {
            if (!ModuleVersion.isLeftOut(name)) {
                files.get(position(named, name)).add(archive.place(name, placement.path(name)));
            }
        }
        List<FilesLayer> layers = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            layers.add(new FilesLayer(named.get(i).name(), files.get(i)));
        }
        layers.removeIf(layer -> layer.files().isEmpty());
        return new Contents(layers, Launch.java(List.of("-cp", classPath(), launcher)));
    }

    private String classPath() {
        List<String> elements = new ArrayList<>(placement.extraClassPath());
        elements.add(placement.root());
        return String.join(":", elements);
    }

    private int position(List<LayersIndex.Layer> layers, String name) throws ImageException {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).holds(name)) {
                return i;
            }
        }
        throw refused("its index has no layer for " + Texts.shown(name));
    }

    private ImageException refused(String reason) {
        return new ImageException(
                Texts.shown(jar.toString()) + " cannot be unpacked into layers",
                reason,
                "let spring-boot-maven-plugin repackage it with <layers> enabled, or leave ecr.kind out,"
                        + " which makes the image of the module's classes and libraries");
    }
}
