package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.TagWriter.Attempt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Points the tags at staged images, all or none: every SHA tag first, then every additional tag, then every version tag,
 * then a look at what is there. A write that is definitely refused undoes, in reverse, what this run wrote, unless the undo is off. After a
 * write whose outcome is not known nothing is undone, since it may land later; running again settles it.
 */
final class Publisher {
    private static final String AGAIN = "run the build again: it completes what is missing and changes nothing else";

    private final Pause pause;
    private final DeliveryLog log;
    private final TagWriter writer;
    private final Verification verification;

    Publisher(Pause pause, DeliveryLog log) {
        this.pause = pause;
        this.log = log;
        this.writer = new TagWriter(pause);
        this.verification = new Verification(pause);
    }

    /** Publishes the images, and tells for each how it ended. */
    List<Publication> publish(List<StagedImage> images, PhaseListener phases) {
        Optional<DeliveryException> clash = Clash.among(images);
        if (clash.isPresent()) {
            return failed(images, Result.REFUSED, clash.get());
        }
        Course course = new Course(images, Undo.before(images, pause, log), phases);
        for (TagWrite write : writes(images)) {
            course.at(write);
            Attempt attempt = writer.write(write.change(), write.tags());
            switch (attempt.outcome()) {
                case WRITTEN -> course.remember(write);
                case ALREADY_THERE -> {}
                case LANDED -> course.undo().doubt(write);
                case REFUSED -> {
                    course.takeBack();
                    return undone(course, write, attempt.error().orElseThrow());
                }
                case DOUBTFUL -> {
                    return unknown(images, write, attempt.error().orElseThrow());
                }
            }
        }
        return images.stream().map(image -> verified(image, course)).toList();
    }

    /** One publish on its way. */
    private record Course(List<StagedImage> images, Undo undo, PhaseListener phases) {
        void at(StagedImage image, Phase phase) {
            phases.at(image, phase, undo.created(image));
        }

        void at(TagWrite write) {
            TagPlan plan = write.image().plan();
            boolean isAdditional = plan.additional().contains(write.change());
            Phase last = isAdditional ? Phase.PUBLISH_ADDITIONAL : Phase.PUBLISH_VERSION;
            at(write.image(), write.change() == plan.sha() ? Phase.PUBLISH_SHA : last);
        }

        void remember(TagWrite write) {
            undo.remember(write);
            at(write);
        }

        void takeBack() {
            List<StagedImage> touched = images.stream()
                    .filter(image -> !undo.created(image).isEmpty())
                    .toList();
            touched.forEach(image -> at(image, Phase.UNDO));
            undo.run();
            touched.forEach(image -> at(image, Phase.UNDO));
        }
    }

    private static List<TagWrite> writes(List<StagedImage> images) {
        List<TagWrite> writes = new ArrayList<>();
        addWrites(writes, images, plan -> List.of(plan.sha()));
        addWrites(writes, images, TagPlan::additional);
        addWrites(writes, images, plan -> List.of(plan.version()));
        return writes;
    }

    private static void addWrites(
            List<TagWrite> writes, List<StagedImage> images, Function<TagPlan, List<TagChange>> part) {
        for (StagedImage image : images) {
            for (TagChange change : part.apply(image.plan())) {
                if (!(change instanceof TagChange.Keep)) {
                    writes.add(new TagWrite(image, change));
                }
            }
        }
    }

    private Publication verified(StagedImage image, Course course) {
        if (image.isPublished()) {
            return Publication.of(image, Result.ALREADY_PUBLISHED);
        }
        course.at(image, Phase.VERIFY);
        return verification.verify(image, new HashSet<>(course.undo().created(image)));
    }

    private static List<Publication> undone(Course course, TagWrite refused, AwsException refusal) {
        return course.images().stream()
                .map(image -> course.undo()
                        .left(image)
                        .map(left -> leftover(image, refused, refusal, left))
                        .orElseGet(() -> Publication.failed(image, Result.FAILED_CLEAN, clean(refused, refusal))))
                .toList();
    }

    private static List<Publication> unknown(List<StagedImage> images, TagWrite write, AwsException error) {
        DeliveryException unknown = DeliveryException.ofService(
                "Whether the tag " + write + " was written is not known; nothing was undone", error, AGAIN);
        return failed(images, Result.UNKNOWN, unknown);
    }

    private static List<Publication> failed(List<StagedImage> images, Result result, DeliveryException error) {
        return images.stream()
                .map(image -> Publication.failed(image, result, error))
                .toList();
    }

    private static DeliveryException clean(TagWrite refused, AwsException refusal) {
        return Explanations.of(
                "The tag " + refused + " was refused; the tags are as they were before",
                refusal,
                refused.image().coordinates());
    }

    private static Publication leftover(StagedImage image, TagWrite refused, AwsException refusal, Undo.Left left) {
        String names =
                left.changes().stream().map(change -> change.tag().value()).collect(Collectors.joining(", "));
        String cause = DeliveryException.words(refusal) + "; not taken back, since " + left.reason();
        return left.isKnown()
                ? Publication.failed(
                        image,
                        Result.FAILED_LEFT_SHA,
                        DeliveryException.ofUser(
                                "The tag " + refused + " was refused, and " + names
                                        + " could not be taken back; what it names is complete",
                                cause,
                                Repair.of(image.uri(), left.changes())))
                : Publication.failed(
                        image,
                        Result.UNKNOWN,
                        DeliveryException.ofService(
                                "The tag " + refused + " was refused, and whether " + names
                                        + " could be taken back is not known",
                                cause,
                                "put right what ECR refuses, and " + AGAIN));
    }
}
