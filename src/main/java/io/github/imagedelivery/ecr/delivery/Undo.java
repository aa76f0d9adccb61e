package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
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
import java.util.Optional;
import java.util.Set;

/**
 * What one publish has written, and how to take it back, last written first. A SHA tag or an additional tag that
 * somebody else may have come to rely on stays: another run that has put a tag of its own on the same image has promised
 * that the SHA tag is there too.
 */
final class Undo {
    private static final String HAD_OTHER_TAGS = "the image had other tags before";

    private final boolean isOff;
    private final Pause pause;
    /**
     * Why writes stay, known before the first one: tags that are to be created on images that had, or may have had, other
     * tags, and tags that another build has moved.
     */
    private final Map<TagWrite, String> kept = new HashMap<>();

    /** What the images were called before the first write; nobody relies on this publish for that. */
    private final Map<StagedImage, Set<Tag>> before = new HashMap<>();

    private final Deque<TagWrite> written = new ArrayDeque<>();
    private final Map<StagedImage, Left> left = new HashMap<>();
    private final Set<TagWrite> doubted = new HashSet<>();

    /**
     * What could not be taken back of an image.
     *
     * @param changes the changes that are still in force, the last one first
     * @param reason why the first of them stays
     * @param isKnown whether they are in force for certain; otherwise the undo got no answer and may be done yet
     */
    record Left(List<TagChange> changes, String reason, boolean isKnown) {
        Left and(Left earlier) {
            List<TagChange> more = new ArrayList<>(changes);
            more.addAll(earlier.changes);
            return new Left(List.copyOf(more), reason, isKnown && earlier.isKnown);
        }

        /** Tells whether a tag stays that must not be there without the tag of the other change. */
        boolean needs(TagChange other, TagPlan plan) {
            return other == plan.sha() || changes.contains(plan.version());
        }
    }

    private Undo(boolean isOff, Pause pause) {
        this.isOff = isOff;
        this.pause = pause;
    }

    /**
     * Looks at what the images are called before anything is written; an image that this run brought has no name yet.
     * All or none is meant of all images, so one that forbids the undo forbids it for all.
     */
    static Undo before(Collection<StagedImage> images, Pause pause, DeliveryLog log) {
        boolean isOff = images.stream().anyMatch(image -> image.policy().undo() == UndoRule.NEVER);
        Undo undo = new Undo(isOff, pause);
        for (StagedImage image : images) {
            boolean mayHaveTags = !image.details().isNew();
            if (!isOff && mayHaveTags && !guarded(image).isEmpty()) {
                undo.lookAt(image, log);
            }
            if (!isOff) {
                undo.lookAtMoves(image, images.size() > 1);
            }
        }
        return undo;
    }

    private void lookAt(StagedImage image, DeliveryLog log) {
        if (image.plan().keepsAny() && guarded(image).stream().allMatch(TagChange.Create.class::isInstance)) {
            // One tag that it has is enough: a tag that is created stays then, whatever the others are.
            keep(image, TagChange.Create.class, HAD_OTHER_TAGS);
            return;
        }
        try {
            Set<Tag> tags = image.access().tags().tagsOf(image.digest());
            before.put(image, tags);
            if (!tags.isEmpty()) {
                keep(image, TagChange.Create.class, HAD_OTHER_TAGS);
            }
        } catch (AwsException e) {
            String cause = DeliveryException.words(e);
            keep(image, TagChange.class, cause);
            log.undoIsBlind(image.module(), cause);
        }
    }

    /** A left tag harms less than its removal: ECR might delete the image together with the tags of others. */
    private void keep(StagedImage image, Class<? extends TagChange> kind, String reason) {
        guarded(image).stream()
                .filter(kind::isInstance)
                .forEach(change -> kept.put(new TagWrite(image, change), reason));
    }

    /** Returns the writes that are taken back only where it is known what else the image is called. */
    private static List<TagChange> guarded(StagedImage image) {
        TagPlan plan = image.plan();
        return plan.changes().stream()
                .filter(change -> change != plan.version())
                .filter(change -> change instanceof TagChange.Create
                        || (change instanceof TagChange.Move && change != plan.sha()))
                .toList();
    }

    /**
     * Looks whether the tags that are to move are still where they were when the image was staged, which may be long
     * ago: what another build has pointed them at since is not known here, and could not be put back. The last write of
     * all, the version of an image that is published alone, is never undone.
     */
    private void lookAtMoves(StagedImage image, boolean isVersionUndone) {
        lookAt(image, image.plan().sha());
        image.plan().additional().forEach(change -> lookAt(image, change));
        if (isVersionUndone) {
            lookAt(image, image.plan().version());
        }
    }

    private void lookAt(StagedImage image, TagChange change) {
        if (!(change instanceof TagChange.Move move)) {
            return;
        }
        try {
            if (!TagChange.pointsAt(move.previous(), move.tag(), image.access().tags())) {
                kept.put(new TagWrite(image, move), "another build had moved it since this one looked");
            }
        } catch (AwsException e) {
            kept.put(new TagWrite(image, move), DeliveryException.words(e));
        }
    }

    /** Remembers a write that this run made for certain. */
    void remember(TagWrite write) {
        written.push(write);
    }

    /**
     * Remembers a write that got no answer and was made, by this run or another; nothing is taken back from then on.
     */
    void doubt(TagWrite write) {
        written.push(write);
        doubted.add(write);
    }

    /** Takes everything back that can be. */
    void run() {
        while (!written.isEmpty()) {
            TagWrite write = written.pop();
            StagedImage image = write.image();
            Left stays = left.get(image);
            // No SHA tag goes while another tag of its image stays, and none at all while the version tag stays.
            Optional<Left> more = stays != null && stays.needs(write.change(), image.plan())
                    ? stays(write, stays.reason(), true)
                    : takeBack(write);
            more.ifPresent(newly -> left.merge(image, newly, Left::and));
        }
    }

    /** Returns the tags that this run has written on the image for certain and not taken back, in that order. */
    List<Tag> created(StagedImage image) {
        List<Tag> created = new ArrayList<>();
        left(image)
                .ifPresent(stays -> stays.changes().stream()
                        .filter(change -> !doubted.contains(new TagWrite(image, change)))
                        .forEach(change -> created.add(change.tag())));
        for (TagWrite write : written) {
            if (write.image().equals(image) && !doubted.contains(write)) {
                created.add(write.change().tag());
            }
        }
        Collections.reverse(created);
        return List.copyOf(created);
    }

    /** Returns what could not be taken back of the image; empty if its tags are as they were. */
    Optional<Left> left(StagedImage image) {
        return Optional.ofNullable(left.get(image));
    }

    private Optional<Left> takeBack(TagWrite write) {
        if (isOff) {
            return stays(write, "ecr.undo is never", true);
        }
        if (!doubted.isEmpty()) {
            return stays(write, "an earlier write got no answer", true);
        }
        String reason = kept.get(write);
        if (reason != null) {
            return stays(write, reason, true);
        }
        UndoneTags tags = new UndoneTags(write.tags(), pause);
        try {
            boolean isVersion = write.change() == write.image().plan().version();
            return isVersion ? undo(write, tags) : takeBackUnlessNeeded(write, tags);
        } catch (AwsException e) {
            return stays(write, DeliveryException.words(e), !tags.areTouched());
        }
    }

    private static Optional<Left> stays(TagWrite write, String reason, boolean isKnown) {
        return Optional.of(new Left(List.of(write.change()), reason, isKnown));
    }

    /** Takes a SHA tag or an additional tag back, unless somebody relies on it. */
    private Optional<Left> takeBackUnlessNeeded(TagWrite write, UndoneTags tags) throws AwsException {
        Optional<String> reliance = reliance(write);
        if (reliance.isPresent()) {
            return stays(write, reliance.get(), true);
        }
        Optional<Left> left = undo(write, tags);
        Optional<String> sinceThen = reliance(write);
        if (sinceThen.isPresent()) {
            putAgain(write, tags);
            return stays(write, sinceThen.get(), left.isEmpty());
        }
        return left;
    }

    /** The SHA tag is of this one image; an additional tag may be another's by now. */
    private static void putAgain(TagWrite write, UndoneTags tags) throws AwsException {
        if (write.change() == write.image().plan().sha()) {
            write.change().apply(tags);
        } else {
            write.change().redo(tags);
        }
    }

    /**
     * Undoes the write; where no answer comes it may have been undone, so that a second look is needed all the same.
     */
    private static Optional<Left> undo(TagWrite write, UndoneTags tags) {
        try {
            return write.change().undo(tags) ? Optional.empty() : stays(write, "ECR shows it still", false);
        } catch (AwsException e) {
            return stays(write, DeliveryException.words(e), !tags.areTouched());
        }
    }

    private Optional<String> reliance(TagWrite write) throws AwsException {
        StagedImage image = write.image();
        Set<Tag> others = new HashSet<>(image.access().tags().tagsOf(image.digest()));
        // Its own version tag is gone by now, or was never written: one that is there is another run's.
        others.remove(write.change().tag());
        others.removeAll(created(image));
        if (write.change() != image.plan().sha()) {
            others.removeAll(before.getOrDefault(image, Set.of()));
        }
        return others.isEmpty() ? Optional.empty() : Optional.of("another run has put a tag on the same image");
    }
}
