package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.FileDifference;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of a layer of one or both of two images; all layers of a base count as one.
 *
 * @param name what is in it: {@code base}, {@code dependencies}, {@code classes}, ...
 * @param differs whether it is not the same in both
 * @param files in what files it differs; empty where files are not what differs, or not known
 * @param words what is to be said where there are no files
 */
record LayerFinding(String name, boolean differs, List<FileDifference> files, String words) {
    private static final int LONGEST_NAME = 40;

    LayerFinding {
        name = Texts.shown(name, LONGEST_NAME);
        files = List.copyOf(files);
        words = Texts.shown(words);
    }

    static LayerFinding same(String name) {
        return new LayerFinding(name, false, List.of(), "the same");
    }

    static LayerFinding differing(String name, String words) {
        return new LayerFinding(name, true, List.of(), words);
    }

    /** Returns the finding for a layer that was read: the files may all be the same. */
    static LayerFinding differing(String name, List<FileDifference> files) {
        return new LayerFinding(name, true, files, "the same files in another order or compression");
    }

    /** Tells whether the base image is another one. */
    boolean isOtherBase() {
        return differs && name.equals(LayerNames.BASE);
    }

    /** Says what differs, naming so many files. */
    String shown(int named, String separator) {
        if (files.isEmpty()) {
            return words;
        }
        String shown = files.stream().limit(named).map(FileDifference::shown).collect(Collectors.joining(separator));
        return files.size() > named ? shown + separator + "and " + (files.size() - named) + " more" : shown;
    }
}
