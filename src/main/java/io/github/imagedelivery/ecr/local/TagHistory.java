package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the tags of a repository have pointed at: its last {@value #MOST} changes.
 *
 * @param changes oldest first
 */
record TagHistory(List<Change> changes) {
    static final TagHistory NONE = new TagHistory(List.of());
    static final int MOST = 200;

    private static final String TAG = "tag";
    private static final String DIGEST = "digest";
    private static final String AT = "at";

    /** Copies the changes. */
    TagHistory {
        changes = List.copyOf(changes);
    }

    /**
     * A tag that was written or removed.
     *
     * @param digest what it points at since; empty where it is gone
     */
    record Change(String tag, Optional<Digest> digest, Instant at) {
        private Json toJson() {
            Json json = Json.object().with(TAG, Json.of(tag)).with(AT, Json.of(at.toString()));
            return digest.map(found -> json.with(DIGEST, Json.of(found.toString())))
                    .orElse(json);
        }
    }

    /** Adds what differs between two states of the tags. */
    TagHistory with(Map<String, Digest> before, Map<String, Digest> after, Instant at) {
        List<Change> all = new ArrayList<>(changes);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String tag : names) {
            Optional<Digest> digest = Optional.ofNullable(after.get(tag));
            if (!digest.equals(Optional.ofNullable(before.get(tag)))) {
                all.add(new Change(tag, digest, at));
            }
        }
        return new TagHistory(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    Json toJson() {
        return Json.array(changes.stream().map(Change::toJson).toList());
    }

    /** Reads what {@link #toJson} has written; nothing where it is missing. */
    static TagHistory read(Json json) throws FormatException {
        List<Change> changes = new ArrayList<>();
        for (Json change : json.items()) {
            Optional<String> digest = change.get(DIGEST).text();
            changes.add(new Change(
                    change.get(TAG).text().orElseThrow(() -> new FormatException("a change without a tag")),
                    digest.isPresent() ? Optional.of(Digest.parse(digest.get())) : Optional.empty(),
                    change.get(AT).text().map(Instant::parse).orElse(Instant.EPOCH)));
        }
        return new TagHistory(changes);
    }
}
