package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.DiffReport.Facts;
import io.github.imagedelivery.ecr.delivery.DiffReport.Side;
import io.github.imagedelivery.ecr.image.FileDifference;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;

/** Tells a program in what two images differ. Text from the images is made safe to show. */
final class DiffJson {
    private static final long SCHEMA = 1;
    private static final int MOST_FILES = 1000;
    private static final int MOST_INSIDE = 100;
    private static final int MOST_FIELDS = 500;
    private static final String STATE = "state";

    private final Facts facts;

    DiffJson(Facts facts) {
        this.facts = facts;
    }

    Json json() {
        return Json.object()
                .with("schema", Json.of(SCHEMA))
                .with("module", Json.of(facts.module()))
                .with("repository", Json.of(facts.repository()))
                .with("same", Json.of(facts.isSame()))
                .with("from", side(facts.from()))
                .with("to", side(facts.to()))
                .with("index", fields(facts.index()))
                .with(
                        "platforms",
                        Json.array(facts.platforms().stream()
                                .map(DiffJson::platform)
                                .toList()));
    }

    private static Json side(Side side) {
        return Json.object().with("name", Json.of(side.name())).with("digest", digest(side.digest()));
    }

    private static Json digest(Digest digest) {
        return Json.of(digest.toString());
    }

    private static Json fields(List<FieldChange> changes) {
        return Json.array(
                changes.stream().limit(MOST_FIELDS).map(FieldChange::toJson).toList());
    }

    private static Json platform(PlatformDifference platform) {
        Json json = Json.object()
                .with("platform", Json.of(platform.name()))
                .with(STATE, Json.of(state(platform.before(), platform.now())));
        json = with(json, "from", platform.before().map(DiffJson::digest));
        json = with(json, "to", platform.now().map(DiffJson::digest));
        Difference difference = platform.difference();
        return json.with("notes", Json.texts(difference.notes()))
                .with("manifest", fields(difference.manifest()))
                .with("config", fields(difference.config()))
                .with(
                        "layers",
                        Json.array(difference.layers().stream()
                                .map(DiffJson::layer)
                                .toList()));
    }

    private static Json with(Json object, String name, Optional<Json> value) {
        return value.isPresent() ? object.with(name, value.get()) : object;
    }

    private static <T> String state(Optional<T> before, Optional<T> now) {
        if (before.equals(now)) {
            return "same";
        }
        if (before.isEmpty()) {
            return "added";
        }
        return now.isEmpty() ? "removed" : "changed";
    }

    private static Json layer(LayerFinding layer) {
        Optional<List<Descriptor>> before = Optional.of(layer.before()).filter(blobs -> !blobs.isEmpty());
        Optional<List<Descriptor>> now = Optional.of(layer.now()).filter(blobs -> !blobs.isEmpty());
        Json json = Json.object()
                .with("name", Json.of(layer.name()))
                .with(STATE, Json.of(layer.differs() ? state(before, now) : "same"))
                .with("from", blobs(layer.before()))
                .with("to", blobs(layer.now()));
        if (layer.differs() && layer.isInBoth() && layer.files().isEmpty()) {
            json = json.with("note", Json.of(layer.words()));
        }
        return files(json, "files", layer.files(), MOST_FILES);
    }

    private static Json blobs(List<Descriptor> blobs) {
        return Json.array(blobs.stream()
                .map(blob -> Json.object()
                        .with("mediaType", Json.of(Texts.shown(blob.mediaType())))
                        .with("digest", digest(blob.digest()))
                        .with("size", Json.of(blob.size())))
                .toList());
    }

    /** Puts in the files, so many of them, and how many are left out. */
    private static Json files(Json object, String name, List<FileDifference> files, int most) {
        if (files.isEmpty()) {
            return object;
        }
        return object.with(
                        name,
                        Json.array(
                                files.stream().limit(most).map(DiffJson::file).toList()))
                .with("leftOut", Json.of(Math.max(0, files.size() - most)));
    }

    private static Json file(FileDifference file) {
        String state = switch (file.kind()) {
            case ONLY_BEFORE -> "removed";
            case ONLY_NOW -> "added";
            case CHANGED -> "changed";
        };
        Json json =
                Json.object().with("path", Json.of(Texts.shown(file.path()))).with(STATE, Json.of(state));
        if (!file.changes().isEmpty()) {
            json = json.with(
                    "changes",
                    Json.texts(file.changes().stream().map(Texts::shown).toList()));
        }
        return files(json, "inside", file.inside(), MOST_INSIDE);
    }
}
