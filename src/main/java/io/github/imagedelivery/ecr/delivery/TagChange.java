package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of one tag: planned before the first write, and able to take itself back. */
sealed interface TagChange {
    /** Returns the tag. */
    Tag tag();

    /** Returns the image that the tag is to point at. */
    Manifest next();

    /** Writes the tag, and tells whether this call did it. */
    Put apply(TagStore tags) throws AwsException;

    /**
     * Takes back a write that this run made, unless the tag has been pointed elsewhere since.
     *
     * @return whether the tag does not point at the image any more
     */
    boolean undo(TagStore tags) throws AwsException;

    /** Writes the tag again that was taken back, unless it has been pointed elsewhere since. */
    void redo(TagStore tags) throws AwsException;

    /** The tag is free. */
    record Create(Tag tag, Manifest next) implements TagChange {
        @Override
        public Put apply(TagStore tags) throws AwsException {
            return tags.tag(tag, next);
        }

        @Override
        public boolean undo(TagStore tags) throws AwsException {
            Set<Tag> others = new HashSet<>(tags.tagsOf(next.digest()));
            others.remove(tag);
            boolean removed = isUntagged(tags);
            putBack(others, tags);
            return removed || !isThere(tags);
        }

        @Override
        public void redo(TagStore tags) throws AwsException {
            if (!tags.read(List.of(tag)).containsKey(tag)) {
                tags.tag(tag, next);
            }
        }

        /** Takes it for there where it cannot be read. */
        private boolean isThere(TagStore tags) {
            try {
                return pointsAt(next, tag, tags);
            } catch (AwsException e) {
                return true;
            }
        }

        /** A tag that is gone is removed, answer or not. */
        private boolean isUntagged(TagStore tags) throws AwsException {
            try {
                return tags.untag(tag, next.digest());
            } catch (AwsException e) {
                if (e.isDefinite() || isThere(tags)) {
                    throw e;
                }
                return true;
            }
        }

        /**
         * Whether ECR unties one tag or deletes the image when asked to delete a tag and digest of an image with
         * further tags is not documented: what should have stayed is looked at and put back.
         */
        private void putBack(Set<Tag> others, TagStore tags) throws AwsException {
            if (others.isEmpty()) {
                return;
            }
            Set<Tag> left = tags.read(others).keySet();
            for (Tag other : others) {
                if (!left.contains(other)) {
                    tags.tag(other, next);
                }
            }
        }
    }

    /** The tag points at the image already. */
    record Keep(Tag tag, Manifest next) implements TagChange {
        @Override
        public Put apply(TagStore tags) {
            return Put.ALREADY_THERE;
        }

        @Override
        public boolean undo(TagStore tags) {
            return true;
        }

        @Override
        public void redo(TagStore tags) {}
    }

    /** The tag points at another image and may move. */
    record Move(Tag tag, Manifest previous, Manifest next) implements TagChange {
        @Override
        public Put apply(TagStore tags) throws AwsException {
            return tags.tag(tag, next);
        }

        @Override
        public boolean undo(TagStore tags) throws AwsException {
            if (pointsAt(next, tag, tags)) {
                tags.tag(tag, previous);
            }
            return true;
        }

        @Override
        public void redo(TagStore tags) throws AwsException {
            if (pointsAt(previous, tag, tags)) {
                tags.tag(tag, next);
            }
        }
    }

    /** Tells whether the tag of a change points at its image, as ECR has said. */
    static boolean isAt(TagChange change, Map<Tag, Manifest> now) {
        return isAt(change.next(), change.tag(), now);
    }

    private static boolean isAt(Manifest image, Tag tag, Map<Tag, Manifest> now) {
        Manifest found = now.get(tag);
        return found != null && found.digest().equals(image.digest());
    }

    /** Tells whether a tag points at an image, as ECR says now. */
    static boolean pointsAt(Manifest image, Tag tag, TagStore tags) throws AwsException {
        return isAt(image, tag, tags.read(List.of(tag)));
    }
}
