package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.DiffReport.Facts;
import io.github.imagedelivery.ecr.image.FileDifference;
import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a reader in what two images differ. */
final class DiffText {
    /** What a reader of a log bears. */
    private static final int MOST_LINES = 200;

    private static final int MOST_FILES = 20;
    private static final int MOST_FIELDS = 40;

    private final Facts facts;
    private final List<String> lines = new ArrayList<>();
    private final Set<LayerFinding> told = new HashSet<>();

    DiffText(Facts facts) {
        this.facts = facts;
    }

    List<String> lines() {
        String both = facts.from().name() + " and " + facts.to().name();
        if (facts.isSame()) {
            return List.of(both + " are the same image, " + facts.to().digest());
        }
        lines.add(both + " differ");
        lines.add("  from " + facts.from().digest());
        lines.add("  to   " + facts.to().digest());
        fields("index", facts.index(), "");
        facts.platforms().forEach(this::platform);
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, MOST_LINES));
        cut.add("and " + (lines.size() - MOST_LINES) + " more lines");
        return cut;
    }

    private void fields(String title, List<FieldChange> changes, String indent) {
        if (changes.isEmpty()) {
            return;
        }
        lines.add(indent + title);
        changes.stream()
                .limit(MOST_FIELDS)
                .map(change -> indent + "  " + change.shown())
                .forEach(lines::add);
        left(changes.size() - MOST_FIELDS, indent + "  ");
    }

    private void left(int count, String indent) {
        if (count > 0) {
            lines.add(indent + "and " + count + " more");
        }
    }

    private void platform(PlatformDifference platform) {
        Difference difference = platform.difference();
        if (platform.isSame()) {
            lines.add(platform.name() + ": the same");
        } else if (!platform.isInBoth()) {
            lines.add(platform.name() + ": "
                    + difference.sides().only(platform.now().isEmpty()));
        } else {
            lines.add(platform.name());
            difference.notes().forEach(note -> lines.add("  " + note));
            fields("manifest", difference.manifest(), "  ");
            fields("config", difference.config(), "  ");
            lines.add("  layers");
            difference.layers().forEach(layer -> layer(layer, difference.sides()));
            if (!difference.isFound()) {
                lines.add("  nothing but the form of the config or the manifest, such as the order of members");
            }
        }
    }

    private void layer(LayerFinding layer, Sides sides) {
        boolean again = layer.differs() && !told.add(layer);
        lines.add(
                "    " + layer.name() + ": " + state(layer, sides) + ", " + size(layer) + (again ? ", as above" : ""));
        if (!again) {
            List<FileDifference> files = layer.files();
            files.stream()
                    .limit(MOST_FILES)
                    .map(file -> "      " + file.shown(sides))
                    .forEach(lines::add);
            left(files.size() - MOST_FILES, "      ");
        }
    }

    private static String state(LayerFinding layer, Sides sides) {
        return layer.files().isEmpty() ? layer.shown(0, "", sides) : "changed";
    }

    private static String size(LayerFinding layer) {
        if (!layer.differs() || layer.before().isEmpty()) {
            return size(layer.now());
        }
        if (layer.now().isEmpty()) {
            return size(layer.before());
        }
        String types = types(layer.before()) + " -> " + types(layer.now());
        return size(layer.before()) + " -> " + size(layer.now())
                + (types(layer.before()).equals(types(layer.now())) ? "" : ", " + types);
    }

    private static String types(List<Descriptor> blobs) {
        return blobs.stream()
                .map(blob -> Texts.shown(blob.mediaType()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String size(List<Descriptor> blobs) {
        return Texts.size(LayerFinding.size(blobs)) + (blobs.size() > 1 ? " in " + blobs.size() + " layers" : "");
    }
}
