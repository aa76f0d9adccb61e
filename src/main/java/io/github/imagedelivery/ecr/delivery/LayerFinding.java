package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.FileDifference;
import io.github.imagedelivery.ecr.image.LayerNames;
import io.github.imagedelivery.ecr.image.Sides;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of a layer of one or both of two images; all layers of a base count as one.
 *
 * @param name what is in it: {@code base}, {@code dependencies}, {@code classes}, ...
 * @param before its blobs in the first image; none where only the second has it
 * @param now its blobs in the second image, likewise
 * @param files in what files it differs; empty where files are not what differs, or not known
 * @param words what is to be said where both have it and there are no files
 */
record LayerFinding(
        String name, List<Descriptor> before, List<Descriptor> now, List<FileDifference> files, String words) {
    private static final int LONGEST_NAME = 40;

    LayerFinding {
        name = Texts.shown(name, LONGEST_NAME);
        before = List.copyOf(before);
        now = List.copyOf(now);
        files = List.copyOf(files);
        words = Texts.shown(words);
    }

    /** Returns the finding for layers that are not looked into. */
    static LayerFinding of(String name, List<Blob> before, List<Blob> now, String words) {
        return new LayerFinding(name, descriptors(before), descriptors(now), List.of(), words);
    }

    /** Returns the finding for a layer that was read: the files may all be the same. */
    static LayerFinding read(String name, Blob before, Blob now, List<FileDifference> files) {
        return new LayerFinding(
                name,
                List.of(before.descriptor()),
                List.of(now.descriptor()),
                files,
                "the same files in another order or compression");
    }

    private static List<Descriptor> descriptors(List<Blob> layers) {
        return layers.stream().map(Blob::descriptor).toList();
    }

    /** Returns the same finding for a layer that is called otherwise. */
    LayerFinding called(String other) {
        return new LayerFinding(other, before, now, files, words);
    }

    /** Tells whether the layer is not the same in both. */
    boolean differs() {
        return !digests(before).equals(digests(now));
    }

    private static List<Digest> digests(List<Descriptor> layers) {
        return layers.stream().map(Descriptor::digest).toList();
    }

    /** Tells whether both images have the layer. */
    boolean isInBoth() {
        return !before.isEmpty() && !now.isEmpty();
    }

    /** Tells whether the base image is another one. */
    boolean isOtherBase() {
        return differs() && name.equals(LayerNames.BASE);
    }

    /** Returns how many bytes the blobs have. */
    static long size(List<Descriptor> blobs) {
        return blobs.stream().mapToLong(Descriptor::size).sum();
    }

    /** Says what differs, naming so many files. */
    String shown(int named, String separator, Sides sides) {
        if (!differs()) {
            return "the same";
        }
        if (!isInBoth() && !isOtherBase()) {
            return sides.only(now.isEmpty());
        }
        if (files.isEmpty()) {
            return words;
        }
        String shown =
                files.stream().limit(named).map(file -> file.shown(sides)).collect(Collectors.joining(separator));
        return files.size() > named ? shown + separator + "and " + (files.size() - named) + " more" : shown;
    }
}
