package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The changes that publish one image, made from what its tags pointed at before.
 *
 * @param sha the change of the SHA tag, written first
 * @param additional the changes of the additional tags, written next
 * @param version the change of the version tag, which commits
 */
record TagPlan(TagChange sha, List<TagChange> additional, TagChange version) {
    /** Copies the list. */
    TagPlan {
        additional = List.copyOf(additional);
    }

    /** Finds out why a build of the commit that has its SHA tag already gave another image. */
    interface Comparison {
        /** Returns the refusal of the SHA tag. */
        DeliveryException refusal(Tag sha, Manifest previous, Manifest image);
    }

    /** Plans all tags, or refuses where one exists that may not move. */
    static TagPlan of(Manifest image, Coordinates target, Access access) throws DeliveryException {
        return of(
                image, target, access, (sha, previous, next) -> refused(sha, digests(sha, previous, next), SHA_REMEDY));
    }

    /** Plans all tags, or refuses where one exists that may not move, after a comparison where it is the SHA tag. */
    static TagPlan of(Manifest image, Coordinates target, Access access, Comparison comparison)
            throws DeliveryException {
        Tag sha = target.shaTag().value();
        Manifest previous = access.before().get(sha);
        if (previous != null && !previous.digest().equals(image.digest()) && !target.mayMove(sha)) {
            throw comparison.refusal(sha, previous, image);
        }
        List<TagChange> additional = new ArrayList<>();
        for (AdditionalTag tag : target.additional()) {
            additional.add(change(tag.tag(), image, target, access));
        }
        return new TagPlan(
                change(target.shaTag().value(), image, target, access),
                additional,
                change(target.versionTag().value(), image, target, access));
    }

    /** Refuses tags that no image can have all of, since each stays where it is. */
    static void requireOneImage(Coordinates target, RepositoryDescription repository, Map<Tag, Manifest> before)
            throws DeliveryException {
        List<Tag> staying = target.tags().stream()
                .filter(tag -> before.containsKey(tag) && stays(tag, target, repository))
                .toList();
        for (Tag tag : staying) {
            Tag first = staying.get(0);
            Manifest one = Objects.requireNonNull(before.get(first));
            Manifest other = Objects.requireNonNull(before.get(tag));
            if (!one.digest().equals(other.digest())) {
                String image = first.equals(target.shaTag().value()) ? "the image of this commit" : first.value();
                throw refused(
                        tag, tag + " is " + other.digest() + ", " + image + " is " + one.digest(), remedy(tag, target));
            }
        }
    }

    /**
     * Tells whether a tag may have to be moved to another image: one that may move, and has an image that is not sure to
     * be that of this build. The image of a SHA tag that may not move is this build's, or the build is refused.
     */
    static boolean mayMoveAny(Coordinates target, Map<Tag, Manifest> before) {
        Tag sha = target.shaTag().value();
        Optional<Manifest> image = target.mayMove(sha) ? Optional.empty() : Optional.ofNullable(before.get(sha));
        return before.entrySet().stream()
                .filter(tag -> target.mayMove(tag.getKey()))
                .anyMatch(tag -> !image.equals(Optional.of(tag.getValue())));
    }

    /** Tells whether a tag that has an image keeps it. */
    static boolean stays(Tag tag, Coordinates target, RepositoryDescription repository) {
        return !target.mayMove(tag) || repository.isImmutable(tag);
    }

    /** Returns all changes in the order in which they are made. */
    List<TagChange> changes() {
        List<TagChange> changes = new ArrayList<>(List.of(sha));
        changes.addAll(additional);
        changes.add(version);
        return changes;
    }

    /** Tells whether all tags point at the image already. */
    boolean isUnchanged() {
        return changes().stream().allMatch(change -> change instanceof TagChange.Keep);
    }

    /** Tells whether a tag points at the image already. */
    boolean keepsAny() {
        return changes().stream().anyMatch(change -> change instanceof TagChange.Keep);
    }

    private static TagChange change(Tag tag, Manifest image, Coordinates target, Access access)
            throws DeliveryException {
        Manifest previous = access.before().get(tag);
        if (previous == null) {
            return new TagChange.Create(tag, image);
        }
        if (previous.digest().equals(image.digest())) {
            return new TagChange.Keep(tag, image);
        }
        if (stays(tag, target, access.repository())) {
            throw refused(tag, digests(tag, previous, image), remedy(tag, target));
        }
        return new TagChange.Move(tag, previous, image);
    }

    private static final String SHA_REMEDY =
            "build as before, or publish the image that is there with -Decr.onExistingSha=adopt";
    private static final String VERSION_REMEDY = "release a new version; only what ecr.movingVersions names may move";
    private static final String IMMUTABLE_REMEDY =
            "exclude it from the repository's immutability (a filter such as *-SNAPSHOT), or release a version";

    private static final String ADDITIONAL_REMEDY =
            "leave it out of ecr.additionalTags; only what names no commit and no whole version may move, and what"
                    + " ecr.movingVersions names";
    private static final String IMMUTABLE_ADDITIONAL_REMEDY =
            "exclude it from the repository's immutability, or leave it out of ecr.additionalTags";

    /** Returns what to do about a tag that stays at another image. */
    static String remedy(Tag tag, Coordinates target) {
        boolean mayMove = target.mayMove(tag);
        if (target.additional().stream().anyMatch(other -> other.tag().equals(tag))) {
            return mayMove ? IMMUTABLE_ADDITIONAL_REMEDY : ADDITIONAL_REMEDY;
        }
        return mayMove ? IMMUTABLE_REMEDY : VERSION_REMEDY;
    }

    /** Returns the refusal of a tag that another image has. */
    static DeliveryException refused(Tag tag, String cause, String remedy) {
        return DeliveryException.ofUser(
                "The tag " + tag + " points at another image already; nothing was sent or tagged", cause, remedy);
    }

    /** Returns which images they are. */
    static String digests(Tag tag, Manifest previous, Manifest image) {
        return tag + " is " + previous.digest() + ", this build is " + image.digest();
    }
}
