package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is to be kept of a repository besides its blobs.
 *
 * @param repository its name
 * @param rules how it treats tags
 * @param createdAt when it was created
 * @param images its images, in the order in which they were pushed
 * @param tags what each tag points at
 * @param history what they have pointed at
 */
record Snapshot(
        String repository,
        Rules rules,
        Instant createdAt,
        List<Kept> images,
        Map<String, Digest> tags,
        TagHistory history) {
    /** Copies the collections. */
    Snapshot {
        images = List.copyOf(images);
        tags = Map.copyOf(tags);
    }

    /** Returns what there is of a repository that is created. */
    static Snapshot empty(String repository, Rules rules, Instant createdAt) {
        return new Snapshot(repository, rules, createdAt, List.of(), Map.of(), TagHistory.NONE);
    }

    /**
     * How a repository treats its tags.
     *
     * @param filters wildcard patterns of the tags that are treated the other way round
     */
    record Rules(TagMutability mutability, List<String> filters) {
        /** Copies the filters. */
        Rules {
            filters = List.copyOf(filters);
        }

        boolean areImmutableFor(String tag) {
            return mutability.isImmutable(tag, filters);
        }
    }

    /** An image, whose manifest is kept as a blob. */
    record Kept(Descriptor manifest, Instant pushedAt) {}
}
