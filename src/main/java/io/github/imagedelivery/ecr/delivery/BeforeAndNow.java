package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the tags of an image pointed at before, as reports tell it. It is known from the first read; nothing is asked for it. */
final class BeforeAndNow {
    private BeforeAndNow() {}

    /** Returns what becomes of each tag, in the order in which they are written. */
    static Json tags(TagPlan plan) {
        return Json.array(plan.changes().stream().map(BeforeAndNow::tag).toList());
    }

    private static Json tag(TagChange change) {
        Json tag = Json.object().with("tag", Json.of(change.tag().value()));
        if (change instanceof TagChange.Create) {
            return tag.with("change", Json.of("create"));
        }
        return change instanceof TagChange.Move move
                ? tag.with("change", Json.of("move"))
                        .with("before", Json.of(move.previous().digest().toString()))
                : tag.with("change", Json.of("keep"))
                        .with("before", Json.of(change.next().digest().toString()));
    }

    /** Returns the image that a tag moves away from, the version tag before others; empty where none moves. */
    static Optional<Json> previous(TagPlan plan) {
        List<TagChange> lastFirst = plan.changes().stream()
                .sorted(Comparator.comparing(change -> !change.equals(plan.version())))
                .toList();
        return lastFirst.stream()
                .filter(TagChange.Move.class::isInstance)
                .map(TagChange.Move.class::cast)
                .findFirst()
                .map(BeforeAndNow::previous);
    }

    private static Json previous(TagChange.Move move) {
        Manifest image = move.previous();
        Json previous = Json.object()
                .with("tag", Json.of(move.tag().value()))
                .with("digest", Json.of(image.digest().toString()));
        return image.isIndex() ? previous.with("platforms", platforms(image)) : previous.with("layers", layers(image));
    }

    private static Json layers(Manifest image) {
        return Json.array(image.layers().stream()
                .map(layer -> Json.object()
                        .with("digest", Json.of(layer.digest().toString()))
                        .with("size", Json.of(layer.size())))
                .toList());
    }

    private static Json platforms(Manifest index) {
        return Json.array(index.entries().stream()
                .map(entry -> Json.object()
                        .with("platform", Json.of(entry.platform().toString()))
                        .with("digest", Json.of(entry.manifest().digest().toString())))
                .toList());
    }
}
