package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.FileDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * In what the image that has a SHA tag and a new build of the same commit differ.
 *
 * @param notes what hinders a comparison, or is to be known of it
 * @param layers the base as one, then the application's layers, lowest first
 * @param config the members of the config that differ, one line each
 */
record Difference(List<String> notes, List<LayerFinding> layers, List<String> config) {
    /** What one line of a log bears. */
    private static final int SHORT = 3;

    /** What nobody reads to the end, and a build that has changed all of its files must not write. */
    private static final int LONG = 200;

    Difference {
        notes = List.copyOf(notes);
        layers = List.copyOf(layers);
        config = List.copyOf(config);
    }

    /** Returns the finding that two images cannot be compared. */
    static Difference unknown(String note) {
        return new Difference(List.of(note), List.of(), List.of());
    }

    /** Returns the same with notes in front of those that it has. */
    Difference withNotes(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(notes);
        return new Difference(all, layers, config);
    }

    /** Returns what differs, on one line. */
    String summary() {
        List<String> parts = new ArrayList<>(notes);
        for (LayerFinding layer : layers) {
            if (layer.differs()) {
                parts.add(layer.name() + ": " + layer.shown(SHORT, ", "));
            }
        }
        if (!config.isEmpty()) {
            String names = config.stream().limit(SHORT).map(Difference::name).collect(Collectors.joining(", "));
            parts.add("config: " + names + (config.size() > SHORT ? ", and " + (config.size() - SHORT) + " more" : ""));
        }
        return parts.isEmpty()
                ? "nothing but the history in the config, or the manifest itself"
                : String.join("; ", parts);
    }

    private static String name(String line) {
        return line.replaceFirst(": .*", "");
    }

    /** Returns what is to be done about it. */
    String remedy() {
        List<String> steps = new ArrayList<>();
        if (layers.stream().anyMatch(LayerFinding::isOtherBase)) {
            steps.add("pin ecr.from by digest");
        }
        String timed = layers.stream()
                .flatMap(layer -> layer.files().stream())
                .filter(FileDifference::isOfTime)
                .map(FileDifference::fileName)
                .limit(SHORT)
                .collect(Collectors.joining(", "));
        if (!timed.isEmpty()) {
            steps.add("set project.build.outputTimestamp in the build of " + timed);
        }
        steps.add("build as before");
        return String.join(", ", steps) + ", or publish the image that is there with -Decr.onExistingSha=adopt";
    }

    /** Returns what differs, for a file: ends with a line break. */
    String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        text.append("Layers\n");
        for (LayerFinding layer : layers) {
            String what = layer.files().isEmpty() ? ": " : "\n    ";
            text.append("  ")
                    .append(layer.name())
                    .append(what)
                    .append(layer.shown(LONG, "\n    "))
                    .append('\n');
        }
        text.append("Config\n");
        config.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
