package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is not the same in two layers, or in two jars.
 *
 * @param path its name in the image, without a slash in front, or in the jar
 * @param kind which of the two have it
 * @param changes what differs, one attribute each; none for a file that only one has
 * @param inside of a jar the files in it that differ, by name
 * @param isOfTime whether it is a jar in which nothing but the times of its files differs, and what is made of them
 */
public record FileDifference(
        String path, Kind kind, List<String> changes, List<FileDifference> inside, boolean isOfTime) {
    private static final int NAMED_INSIDE = 5;

    /** Copies the lists. */
    public FileDifference {
        changes = List.copyOf(changes);
        inside = List.copyOf(inside);
    }

    /** Which of two layers have a file. */
    public enum Kind {
        /** It was there before and is not there any more. */
        ONLY_BEFORE,
        /** It was not there before. */
        ONLY_NOW,
        /** Both have it. */
        CHANGED
    }

    static FileDifference only(Kind kind, String path) {
        return new FileDifference(path, kind, List.of(), List.of(), false);
    }

    static FileDifference changed(String path, List<String> changes) {
        return new FileDifference(path, Kind.CHANGED, changes, List.of(), false);
    }

    /** Returns the last part of the path, for a reader. */
    public String fileName() {
        return Texts.shown(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Returns one line for a reader. */
    public String shown(Sides sides) {
        return Texts.shown(path) + " (" + Texts.shown(what(sides)) + ")";
    }

    private String what(Sides sides) {
        if (kind != Kind.CHANGED) {
            return sides.only(kind == Kind.ONLY_BEFORE);
        }
        List<String> parts = new ArrayList<>();
        inside.stream()
                .limit(NAMED_INSIDE)
                .map(file -> file.path + (file.kind == Kind.CHANGED ? "" : " " + file.what(sides)))
                .forEach(parts::add);
        if (inside.size() > NAMED_INSIDE) {
            parts.add(inside.size() - NAMED_INSIDE + " more");
        }
        String named = inside.isEmpty() ? "" : "in it " + String.join(", ", parts);
        String changed = String.join(", ", changes);
        return named + (named.isEmpty() || changed.isEmpty() ? "" : "; ") + changed;
    }
}
