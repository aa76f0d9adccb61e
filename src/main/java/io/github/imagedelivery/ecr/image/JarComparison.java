package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.JarListing.JarFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells two jars of the same name apart. */
final class JarComparison {
    private static final int NAMED = 5;

    private final JarListing before;
    private final JarListing now;

    JarComparison(JarListing before, JarListing now) {
        this.before = before;
        this.now = now;
    }

    /** Returns the difference of the jar that lies under the path. */
    FileDifference at(String path) {
        Map<String, String> changes = changes();
        boolean otherTimes = before.hasOtherTimes(now);
        // Old archivers write the time of the build into this file too.
        boolean isOfTime = otherTimes && changes.keySet().stream().allMatch(name -> name.endsWith("/pom.properties"));
        return new FileDifference(path, FileDifference.Kind.CHANGED, words(changes, otherTimes), isOfTime);
    }

    private Map<String, String> changes() {
        Map<String, String> changes = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(before.files().keySet());
        names.addAll(now.files().keySet());
        for (String name : names) {
            JarFile old = before.files().get(name);
            JarFile built = now.files().get(name);
            if (old == null) {
                changes.put(name, name + " only in this build");
            } else if (built == null) {
                changes.put(name, name + " only in ECR");
            } else if (!old.content().equals(built.content())) {
                changes.put(name, name);
            }
        }
        return changes;
    }

    private static String words(Map<String, String> changes, boolean otherTimes) {
        if (changes.isEmpty()) {
            return otherTimes ? "the times of its files only" : "the order or compression of its files only";
        }
        List<String> named =
                new ArrayList<>(changes.values().stream().limit(NAMED).toList());
        if (changes.size() > NAMED) {
            named.add(changes.size() - NAMED + " more");
        }
        return "in it " + String.join(", ", named);
    }
}
