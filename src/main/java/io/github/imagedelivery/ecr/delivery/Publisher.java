package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.TagWriter.Attempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Points the tags at staged images, all or none: every SHA tag first, then every version tag, then a look at what is
 * there. A write that is definitely refused undoes, in reverse, what this run wrote. After a write whose outcome is not
 * known nothing is undone, since it may land later; running again settles it.
 */
final class Publisher {
    private final TagWriter writer;
    private final Verification verification;

    Publisher(Pause pause) {
        this.writer = new TagWriter(pause);
        this.verification = new Verification(pause);
    }

    private record Write(StagedImage image, TagChange change) {
        TagStore tags() {
            return image.access().store();
        }
    }

    /** Publishes the images, and tells for each how it ended. */
    List<Publication> publish(List<StagedImage> images) {
        Deque<Write> ours = new ArrayDeque<>();
        boolean settled = true;
        for (Write write : writes(images)) {
            Attempt attempt = writer.write(write.change(), write.tags());
            switch (attempt.outcome()) {
                case WRITTEN -> ours.push(write);
                case ALREADY_THERE -> {}
                case LANDED -> settled = false;
                case REFUSED -> {
                    AwsException refusal = attempt.error().orElseThrow();
                    return settled ? undone(images, write, refusal, ours) : unknown(images, write, refusal);
                }
                case DOUBTFUL -> {
                    return unknown(images, write, attempt.error().orElseThrow());
                }
            }
        }
        return images.stream().map(this::verified).toList();
    }

    private static List<Write> writes(List<StagedImage> images) {
        List<Write> writes = new ArrayList<>();
        addWrites(writes, images, TagPlan::sha);
        addWrites(writes, images, TagPlan::version);
        return writes;
    }

    private static void addWrites(List<Write> writes, List<StagedImage> images, Function<TagPlan, TagChange> part) {
        for (StagedImage image : images) {
            TagChange change = part.apply(image.plan());
            if (!(change instanceof TagChange.Keep)) {
                writes.add(new Write(image, change));
            }
        }
    }

    private Publication verified(StagedImage image) {
        return image.isPublished() ? Publication.of(image, Result.ALREADY_PUBLISHED) : verification.verify(image);
    }

    private static List<Publication> undone(
            List<StagedImage> images, Write refused, AwsException refusal, Deque<Write> ours) {
        Set<StagedImage> left = new HashSet<>();
        for (Write write : ours) {
            if (!isUndone(write)) {
                left.add(write.image());
            }
        }
        return images.stream()
                .map(image -> left.contains(image)
                        ? Publication.failed(image, Result.FAILED_LEFT_SHA, leftover(image, refused, refusal))
                        : Publication.failed(image, Result.FAILED_CLEAN, clean(image, refused, refusal)))
                .toList();
    }

    private static boolean isUndone(Write write) {
        try {
            return write.change().undo(write.tags());
        } catch (AwsException e) {
            return false;
        }
    }

    private static List<Publication> unknown(List<StagedImage> images, Write write, AwsException error) {
        return images.stream()
                .map(image -> Publication.failed(
                        image,
                        Result.UNKNOWN,
                        DeliveryException.ofService(
                                "Whether " + write.change().tag() + " was written is not known; nothing was undone",
                                error,
                                "run the build again: it completes what is missing and changes nothing else")))
                .toList();
    }

    private static DeliveryException clean(StagedImage image, Write refused, AwsException refusal) {
        return Explanations.of(
                "The tag " + refused.change().tag() + " was refused; the tags are as they were before",
                refusal,
                image.coordinates());
    }

    private static DeliveryException leftover(StagedImage image, Write refused, AwsException refusal) {
        return DeliveryException.ofUser(
                "The tag " + refused.change().tag() + " was refused, and the tag "
                        + image.plan().sha().tag() + " could not be taken back; it names a complete image",
                refusal,
                "run the build again, or remove it: aws ecr batch-delete-image --repository-name "
                        + image.access().repository().name() + " --image-ids imageTag="
                        + image.plan().sha().tag());
    }
}
