package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a push of one image would do.
 *
 * @param image the image and what it would be called; none of it is in the repository for this plan's sake
 * @param creator what would create the repository; empty where it is there
 * @param staging what would become of each layer; empty where nothing is built
 */
public record PushPlan(StagedImage image, Optional<String> creator, Optional<Staging> staging) {
    static final String FILE = "plan.json";
    private static final long SCHEMA = 1;

    /** What would become of a tag. */
    public enum Change {
        /** It is free. */
        CREATE,
        /** It points at the image already. */
        KEEP,
        /** It points at another image, and may move. */
        MOVE
    }

    /**
     * A tag.
     *
     * @param tag the tag
     * @param change what would become of it
     * @param today the image that it points at today; empty for a free one
     */
    public record PlannedTag(Tag tag, Change change, Optional<Digest> today) {
        private static PlannedTag of(TagChange change) {
            if (change instanceof TagChange.Move move) {
                return new PlannedTag(
                        move.tag(), Change.MOVE, Optional.of(move.previous().digest()));
            }
            return change instanceof TagChange.Keep keep
                    ? new PlannedTag(
                            keep.tag(), Change.KEEP, Optional.of(keep.next().digest()))
                    : new PlannedTag(change.tag(), Change.CREATE, Optional.empty());
        }

        private Json toJson() {
            Json json = Json.object()
                    .with("tag", Json.of(tag.value()))
                    .with("change", Json.of(change.name().toLowerCase(Locale.ROOT)));
            return today.isPresent() ? json.with("today", Json.of(today.get().toString())) : json;
        }
    }

    /** Returns the tags in the order in which they would be written. */
    public List<PlannedTag> tags() {
        return image.plan().changes().stream().map(PlannedTag::of).toList();
    }

    void write(Path directory) throws DeliveryException {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(FILE), toJson().pretty(), UTF_8);
        } catch (IOException e) {
            throw DeliveryException.ofUser(
                    "The plan cannot be written; nothing was changed", e, "make " + directory + " writable");
        }
    }

    /** Returns the report of a push as far as it is known before, with what becomes of the repository and the tags. */
    private Json toJson() {
        Json repository = Json.object().with("uri", Json.of(image.uri())).with("exists", Json.of(creator.isEmpty()));
        Json head = Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("module", Json.of(image.module()))
                .with(
                        "repository",
                        creator.isPresent() ? repository.with("createdBy", Json.of(creator.get())) : repository)
                .with("tags", Json.array(tags().stream().map(PlannedTag::toJson).toList()));
        return Reporter.withAll(head, image.details().report());
    }
}
