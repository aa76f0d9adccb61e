package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.List;
import java.util.Optional;

/**
 * What an image is to be called, every rule applied.
 *
 * @param registry the registry; empty for the caller's own
 * @param region region of the caller's own registry; empty for the one that is configured for the SDK
 * @param repository the repository in it
 * @param shaTag the revision as a tag; ends in {@code -dirty} for a working copy that differs from it
 * @param versionTag the version as a tag; ends in {@code -dirty} likewise, since what is not committed is no release
 * @param revision the commit; empty where there is no working copy
 */
public record Coordinates(
        Resolved<Optional<EcrHost>> registry,
        Optional<String> region,
        Resolved<RepositoryName> repository,
        Resolved<Tag> shaTag,
        Resolved<Tag> versionTag,
        Optional<Revision> revision) {
    static final String DIRTY_SUFFIX = "-dirty";
    private static final String SNAPSHOT_SUFFIX = "-SNAPSHOT";

    /** Tells whether the tag may be pointed at another image: a SNAPSHOT version, or a tag of a dirty working copy. */
    public boolean mayMove(Tag tag) {
        boolean snapshot = tag.equals(versionTag.value()) && tag.value().endsWith(SNAPSHOT_SUFFIX);
        return snapshot || tag.value().endsWith(DIRTY_SUFFIX);
    }

    /** Returns both tags in the order in which they are written: the version tag commits. */
    public List<Tag> tags() {
        return List.of(shaTag.value(), versionTag.value());
    }

    /** Returns the full commit id without any suffix. */
    public String sha() {
        String tag = shaTag.value().value();
        return tag.endsWith(DIRTY_SUFFIX) ? tag.substring(0, tag.length() - DIRTY_SUFFIX.length()) : tag;
    }
}
