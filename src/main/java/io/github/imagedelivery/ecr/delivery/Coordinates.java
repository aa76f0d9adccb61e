package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.TagPattern;
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
 * @param moving which version tags may be pointed at another image
 * @param revision the commit; empty where there is no working copy
 */
public record Coordinates(
        Resolved<Optional<EcrHost>> registry,
        Optional<String> region,
        Resolved<RepositoryName> repository,
        Resolved<Tag> shaTag,
        Resolved<Tag> versionTag,
        List<TagPattern> moving,
        Optional<Revision> revision) {
    static final String DIRTY_SUFFIX = "-dirty";

    /** Copies the patterns. */
    public Coordinates {
        moving = List.copyOf(moving);
    }

    /** Tells whether the tag may be pointed at another image: a moving version, or a tag of a dirty working copy. */
    public boolean mayMove(Tag tag) {
        // Whatever the patterns say: a commit is one image.
        boolean isVersion = tag.equals(versionTag.value()) && !tag.equals(shaTag.value());
        return tag.value().endsWith(DIRTY_SUFFIX)
                || (isVersion && moving.stream().anyMatch(pattern -> pattern.matches(tag.value())));
    }

    /** Returns both tags in the order in which they are written: the version tag commits. */
    public List<Tag> tags() {
        return List.of(shaTag.value(), versionTag.value());
    }

    /** Tells whether the working copy differs from the commit that the SHA tag begins with. */
    public boolean isDirty() {
        return shaTag.value().value().endsWith(DIRTY_SUFFIX);
    }

    /** Returns the full commit id without any suffix. */
    public String sha() {
        return sha(shaTag.value());
    }

    /** Returns the commit id of a SHA tag. */
    static String sha(Tag shaTag) {
        String tag = shaTag.value();
        return tag.endsWith(DIRTY_SUFFIX) ? tag.substring(0, tag.length() - DIRTY_SUFFIX.length()) : tag;
    }
}
