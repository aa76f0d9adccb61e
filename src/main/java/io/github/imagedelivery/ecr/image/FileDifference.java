package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;

/**
 * A file that is not the same in two layers.
 *
 * @param path its name in the image, without a slash in front
 * @param kind which of the layers have it
 * @param what what differs, in words; empty for a file that only one has
 * @param isOfTime whether it is a jar in which nothing but the times of its files differs, and what is made of them
 */
public record FileDifference(String path, Kind kind, String what, boolean isOfTime) {
    /** Which of two layers have a file. */
    public enum Kind {
        /** It was there before and is not built any more. */
        ONLY_BEFORE,
        /** It was not there before. */
        ONLY_NOW,
        /** Both have it. */
        CHANGED
    }

    /** Returns the last part of the path, for a reader. */
    public String fileName() {
        return Texts.shown(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Returns one line for a reader. */
    public String shown() {
        String name = Texts.shown(path);
        return switch (kind) {
            case ONLY_BEFORE -> name + " (only in ECR)";
            case ONLY_NOW -> name + " (only in this build)";
            case CHANGED -> name + " (" + Texts.shown(what) + ")";
        };
    }
}
