package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.TagPattern;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
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
 * @param additional the tags beside these two, in the order in which they are written
 * @param moving which tags but the SHA tag may be pointed at another image
 * @param revision the commit; empty where there is no working copy
 */
public record Coordinates(
        Resolved<Optional<EcrHost>> registry,
        Optional<String> region,
        Resolved<RepositoryName> repository,
        Resolved<Tag> shaTag,
        Resolved<Tag> versionTag,
        List<AdditionalTag> additional,
        List<TagPattern> moving,
        Optional<Revision> revision) {
    static final String DIRTY_SUFFIX = "-dirty";

    /** Copies the lists. */
    public Coordinates {
        additional = List.copyOf(additional);
        moving = List.copyOf(moving);
    }

    /**
     * Tells whether the tag may be pointed at another image: a moving version, an additional tag that names neither a
     * commit nor a whole version, or a tag of a dirty working copy.
     */
    public boolean mayMove(Tag tag) {
        // Whatever the patterns say: a commit is one image.
        boolean isMoving = moving.stream().anyMatch(pattern -> pattern.matches(tag.value()))
                || additional.stream().anyMatch(other -> other.tag().equals(tag) && other.moves());
        return tag.value().endsWith(DIRTY_SUFFIX) || (!tag.equals(shaTag.value()) && isMoving);
    }

    /** Returns where the image is to be. */
    CoordinateResolver.Place place() {
        return new CoordinateResolver.Place(registry, region, repository);
    }

    /** Returns all tags in the order in which they are written: the version tag commits. */
    public List<Tag> tags() {
        List<Tag> tags = new ArrayList<>(List.of(shaTag.value()));
        additional.forEach(other -> tags.add(other.tag()));
        tags.add(versionTag.value());
        return tags;
    }

    /** Returns all tags as a sentence names them. */
    public String tagNames() {
        return Texts.enumerated(tags().stream().map(Tag::value).toList());
    }

    /** Returns how many tags these are, in the words of a sentence. */
    public String tagCount() {
        return additional.isEmpty() ? "both tags" : "all " + tags().size() + " tags";
    }

    /** Tells whether the working copy differs from the commit that the SHA tag begins with. */
    public boolean isDirty() {
        return shaTag.value().value().endsWith(DIRTY_SUFFIX);
    }

    /** Returns the full commit id without any suffix. */
    public String sha() {
        return plain(shaTag.value());
    }

    /** Returns the SHA tags of the commits before this one, the nearest first. */
    List<Tag> earlier() {
        List<String> commits = new ArrayList<>();
        revision.ifPresent(head -> {
            commits.add(head.sha());
            commits.addAll(head.ancestors());
        });
        return commits.stream()
                .filter(commit -> !commit.equals(sha()) || isDirty())
                .map(Tag::new)
                .toList();
    }

    /** Returns what the tag would be in a clean working copy. */
    static String plain(Tag given) {
        String tag = given.value();
        return tag.endsWith(DIRTY_SUFFIX) ? tag.substring(0, tag.length() - DIRTY_SUFFIX.length()) : tag;
    }
}
