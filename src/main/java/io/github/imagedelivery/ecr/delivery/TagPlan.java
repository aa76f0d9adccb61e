package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Map;

/**
 * The changes that publish one image, made from what both tags pointed at before.
 *
 * @param sha the change of the SHA tag, written first
 * @param version the change of the version tag, which commits
 */
record TagPlan(TagChange sha, TagChange version) {
    /** Finds out why a build of the commit that has its SHA tag already gave another image. */
    interface Comparison {
        /** Returns the refusal of the SHA tag. */
        DeliveryException refusal(Tag sha, Manifest previous, Manifest image);
    }

    /** Plans both tags, or refuses where one exists that may not move. */
    static TagPlan of(Manifest image, Coordinates target, Access access) throws DeliveryException {
        return of(
                image, target, access, (sha, previous, next) -> refused(sha, digests(sha, previous, next), SHA_REMEDY));
    }

    /** Plans both tags, or refuses where one exists that may not move, after a comparison where it is the SHA tag. */
    static TagPlan of(Manifest image, Coordinates target, Access access, Comparison comparison)
            throws DeliveryException {
        Tag sha = target.shaTag().value();
        Manifest previous = access.before().get(sha);
        if (previous != null && !previous.digest().equals(image.digest()) && !target.mayMove(sha)) {
            throw comparison.refusal(sha, previous, image);
        }
        return new TagPlan(
                change(target.shaTag().value(), image, target, access),
                change(target.versionTag().value(), image, target, access));
    }

    /** Refuses tags that no image can have both of, since either stays where it is. */
    static void requireOneImage(Coordinates target, RepositoryDescription repository, Map<Tag, Manifest> before)
            throws DeliveryException {
        Tag sha = target.shaTag().value();
        Tag version = target.versionTag().value();
        Manifest ofTheCommit = before.get(sha);
        Manifest ofTheVersion = before.get(version);
        if (ofTheCommit == null || ofTheVersion == null || ofTheCommit.digest().equals(ofTheVersion.digest())) {
            return;
        }
        if (stays(sha, target, repository) && stays(version, target, repository)) {
            throw refused(
                    version,
                    version + " is " + ofTheVersion.digest() + ", the image of this commit is " + ofTheCommit.digest(),
                    target.mayMove(version) ? IMMUTABLE_REMEDY : VERSION_REMEDY);
        }
    }

    /** Tells whether a tag that has an image keeps it. */
    static boolean stays(Tag tag, Coordinates target, RepositoryDescription repository) {
        return !target.mayMove(tag) || repository.isImmutable(tag);
    }

    /** Tells whether both tags point at the image already. */
    boolean isUnchanged() {
        return sha instanceof TagChange.Keep && version instanceof TagChange.Keep;
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
        if (!target.mayMove(tag)) {
            throw refused(tag, digests(tag, previous, image), VERSION_REMEDY);
        }
        if (access.repository().isImmutable(tag)) {
            throw refused(tag, digests(tag, previous, image), IMMUTABLE_REMEDY);
        }
        return new TagChange.Move(tag, previous, image);
    }

    private static final String SHA_REMEDY =
            "build as before, or publish the image that is there with -Decr.onExistingSha=adopt";
    static final String VERSION_REMEDY = "release a new version; only what ecr.movingVersions names may move";
    private static final String IMMUTABLE_REMEDY =
            "exclude moving versions from the repository's immutability (a filter such as *-SNAPSHOT), or release a version";

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
