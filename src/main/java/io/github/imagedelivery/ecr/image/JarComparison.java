package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.FileDifference.Kind;
import io.github.imagedelivery.ecr.image.JarListing.JarFile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Tells two jars of the same name apart. */
final class JarComparison {
    private final JarListing before;
    private final JarListing now;

    JarComparison(JarListing before, JarListing now) {
        this.before = before;
        this.now = now;
    }

    /**
     * Returns the difference of the jar that lies under the path.
     *
     * @param attributes what differs of the file that the jar is, beside its content
     */
    FileDifference at(String path, List<String> attributes) {
        List<FileDifference> inside = inside();
        boolean otherTimes = before.hasOtherTimes(now);
        // Old archivers write the time of the build into this file too.
        boolean isOfTime =
                otherTimes && inside.stream().allMatch(file -> file.path().endsWith("/pom.properties"));
        List<String> changes = new ArrayList<>();
        if (inside.isEmpty()) {
            changes.add(otherTimes ? "the times of its files only" : "the order or compression of its files only");
        }
        changes.addAll(attributes);
        return new FileDifference(path, Kind.CHANGED, changes, inside, isOfTime);
    }

    private List<FileDifference> inside() {
        List<FileDifference> inside = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.files().keySet());
        names.addAll(now.files().keySet());
        for (String name : names) {
            JarFile old = before.files().get(name);
            JarFile built = now.files().get(name);
            if (old == null) {
                inside.add(FileDifference.only(Kind.ONLY_NOW, name));
            } else if (built == null) {
                inside.add(FileDifference.only(Kind.ONLY_BEFORE, name));
            } else if (!old.content().equals(built.content())) {
                inside.add(FileDifference.changed(name, List.of("content")));
            }
        }
        return inside;
    }
}
