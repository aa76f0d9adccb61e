package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one publish has written, and how to take it back, last written first. A SHA tag that another run has come to rely
 * on stays: that run has put a tag of its own on the same image, and promised that the SHA tag is there too.
 */
final class Undo {
    /** The tags of each image before the first write; no entry where they could not be read. */
    private final Map<StagedImage, Set<Tag>> before = new HashMap<>();

    private final Deque<TagWrite> written = new ArrayDeque<>();
    private final Map<StagedImage, List<Tag>> left = new HashMap<>();

    /** Looks at what the images are called before anything is written; an image that this run brought has no name yet. */
    static Undo before(Collection<StagedImage> images) {
        Undo undo = new Undo();
        for (StagedImage image : images) {
            if (image.plan().sha() instanceof TagChange.Create) {
                undo.lookAt(image);
            }
        }
        return undo;
    }

    private void lookAt(StagedImage image) {
        try {
            boolean isNew = image.details().isNew();
            before.put(image, isNew ? Set.of() : image.access().tags().tagsOf(image.digest()));
        } catch (AwsException unreadable) {
            // Without DescribeImages nobody can tell who relies on a SHA tag, so it would stay.
            before.remove(image);
        }
    }

    /** Remembers a write that this run made for certain. */
    void remember(TagWrite write) {
        written.push(write);
    }

    /** Takes everything back that can be. */
    void run() {
        while (!written.isEmpty()) {
            TagWrite write = written.pop();
            // No SHA tag goes while the version tag of its image stays.
            if (left.containsKey(write.image()) || !isTakenBack(write)) {
                left.computeIfAbsent(write.image(), image -> new ArrayList<>())
                        .add(write.change().tag());
            }
        }
    }

    /** Returns the tags that this run has written on the image and not taken back, in that order. */
    List<Tag> created(StagedImage image) {
        List<Tag> created = new ArrayList<>(left(image));
        for (TagWrite write : written) {
            if (write.image().equals(image)) {
                created.add(write.change().tag());
            }
        }
        Collections.reverse(created);
        return List.copyOf(created);
    }

    /** Returns the tags of the image that could not be taken back. */
    List<Tag> left(StagedImage image) {
        return List.copyOf(left.getOrDefault(image, List.of()));
    }

    private boolean isTakenBack(TagWrite write) {
        boolean isSha = write.change() == write.image().plan().sha();
        try {
            if (isSha && isReliedOn(write.image())) {
                return false;
            }
            boolean undone = isUndone(write);
            if (isSha && isReliedOn(write.image())) {
                write.change().apply(write.tags());
                return false;
            }
            return undone;
        } catch (AwsException e) {
            return false;
        }
    }

    /** Undoes the write; where no answer comes it may have been undone, so that a second look is needed all the same. */
    private static boolean isUndone(TagWrite write) {
        try {
            return write.change().undo(write.tags());
        } catch (AwsException e) {
            return false;
        }
    }

    private boolean isReliedOn(StagedImage image) throws AwsException {
        if (!before.containsKey(image)) {
            return true;
        }
        Set<Tag> others = new HashSet<>(image.access().tags().tagsOf(image.digest()));
        others.removeAll(before.getOrDefault(image, Set.of()));
        // Its own version tag is gone by now, or was never written: one that is there is another run's.
        others.remove(image.plan().sha().tag());
        return !others.isEmpty();
    }
}
