package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.FileDifference;
import io.github.imagedelivery.ecr.image.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * In what two images differ, such as the one that has a SHA tag and a new build of the same commit.
 *
 * @param sides what the two are called
 * @param notes what hinders a comparison, or is to be known of it
 * @param layers the base as one, then the application's layers, lowest first
 * @param manifest the fields of the manifests that differ
 * @param config the members of the configs that differ
 */
record Difference(
        Sides sides,
        List<String> notes,
        List<LayerFinding> layers,
        List<FieldChange> manifest,
        List<FieldChange> config) {
    /** What one line of a log bears. */
    private static final int SHORT = 3;

    /** What nobody reads to the end, and a build that has changed all of its files must not write. */
    private static final int LONG = 200;

    Difference {
        notes = List.copyOf(notes);
        layers = List.copyOf(layers);
        manifest = List.copyOf(manifest);
        config = List.copyOf(config);
    }

    /** Returns the finding that a build and the image that its tag has cannot be compared. */
    static Difference unknown(String note) {
        return unread(new Sides("", ""), note);
    }

    /** Returns what is known of two images that are not looked into: what the notes say. */
    static Difference unread(Sides sides, String... notes) {
        return new Difference(sides, List.of(notes), List.of(), List.of(), List.of());
    }

    /** Returns the same of two indexes, with notes and fields of theirs in front of those that it has. */
    Difference of(List<String> indexNotes, List<FieldChange> index) {
        List<String> allNotes = new ArrayList<>(indexNotes);
        allNotes.addAll(notes);
        List<FieldChange> all = new ArrayList<>(index);
        all.addAll(manifest);
        return new Difference(sides, allNotes, layers, all, config);
    }

    /** Tells whether a reason for two digests is known. */
    boolean isFound() {
        return !notes.isEmpty()
                || !manifest.isEmpty()
                || !config.isEmpty()
                || layers.stream().anyMatch(LayerFinding::differs);
    }

    /** Returns what differs, on one line. */
    String summary() {
        List<String> parts = new ArrayList<>(notes);
        for (LayerFinding layer : layers) {
            if (layer.differs()) {
                parts.add(layer.name() + ": " + layer.shown(SHORT, ", ", sides));
            }
        }
        addNames(parts, "config", config);
        addNames(parts, "manifest", manifest);
        return parts.isEmpty()
                ? "nothing but the history in the config, or the manifest itself"
                : String.join("; ", parts);
    }

    private static void addNames(List<String> parts, String where, List<FieldChange> changes) {
        if (!changes.isEmpty()) {
            String names = changes.stream().limit(SHORT).map(FieldChange::name).collect(Collectors.joining(", "));
            int left = changes.size() - SHORT;
            parts.add(where + ": " + names + (left > 0 ? ", and " + left + " more" : ""));
        }
    }

    /** Returns what is to be done about a tag that is refused for it. */
    String remedy() {
        return causes() + ", or publish the image that is there with -Decr.onExistingSha=adopt";
    }

    /** Returns what is to be done so that a build makes the same image again. */
    String causes() {
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
        return String.join(", ", steps);
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
                    .append(layer.shown(LONG, "\n    ", sides))
                    .append('\n');
        }
        if (!manifest.isEmpty()) {
            text.append("Manifest\n");
            manifest.forEach(change -> text.append("  ").append(change.shown()).append('\n'));
        }
        text.append("Config\n");
        config.forEach(change -> text.append("  ").append(change.shown()).append('\n'));
        return text.toString();
    }
}
