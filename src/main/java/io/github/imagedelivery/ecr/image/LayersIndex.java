package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the index of layers in a jar of Spring Boot, {@code BOOT-INF/layers.idx}. */
final class LayersIndex {
    private static final Pattern LAYER = Pattern.compile("- \"([^\"]+)\":");
    private static final Pattern CONTENT = Pattern.compile("  - \"([^\"]+)\"");

    private LayersIndex() {}

    /**
     * A layer that the index names.
     *
     * @param contents names of files; those that end in a slash stand for all below
     */
    record Layer(String name, List<String> contents) {
        boolean holds(String file) {
            return contents.stream().anyMatch(name -> name.endsWith("/") ? file.startsWith(name) : file.equals(name));
        }
    }

    /** Returns the layers, lowest first. */
    static List<Layer> read(List<String> lines) throws ImageException {
        List<Layer> layers = new ArrayList<>();
        for (String line : lines) {
            Matcher layer = LAYER.matcher(line);
            Matcher content = CONTENT.matcher(line);
            if (layer.matches()) {
                layers.add(new Layer(layer.group(1), new ArrayList<>()));
            } else if (content.matches() && !layers.isEmpty()) {
                layers.get(layers.size() - 1).contents().add(content.group(1));
            } else if (!line.isBlank()) {
                throw new ImageException(
                        "The index of layers in the jar cannot be read",
                        "it has the line \"" + Texts.shown(line) + "\"",
                        "build the jar again with spring-boot-maven-plugin, or leave ecr.kind out");
            }
        }
        return layers;
    }
}
