package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.List;

/** Whether a tag may be pointed at another image ({@code imageTagMutability} of ECR's {@code CreateRepository}). */
public enum TagMutability {
    /** Every tag moves. */
    MUTABLE,
    /** No tag moves, nor is one accepted again for the digest that it has. */
    IMMUTABLE,
    /** Tags that match a filter move, the others do not. */
    IMMUTABLE_WITH_EXCLUSION,
    /** Tags that match a filter do not move, the others do. */
    MUTABLE_WITH_EXCLUSION;

    boolean hasExclusions() {
        return this == IMMUTABLE_WITH_EXCLUSION || this == MUTABLE_WITH_EXCLUSION;
    }

    boolean isImmutable(String tag, List<String> filters) {
        boolean excluded = hasExclusions() && filters.stream().anyMatch(filter -> new TagPattern(filter).matches(tag));
        return (this == IMMUTABLE || this == IMMUTABLE_WITH_EXCLUSION) != excluded;
    }
}
