package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Tag;

/**
 * The changes that publish one image, made from what both tags pointed at before.
 *
 * @param sha the change of the SHA tag, written first
 * @param version the change of the version tag, which commits
 */
record TagPlan(TagChange sha, TagChange version) {
    /** Plans both tags, or refuses where one exists that may not move. */
    static TagPlan of(Manifest image, Coordinates target, Access access) throws DeliveryException {
        return new TagPlan(
                change(target.shaTag().value(), image, target, access),
                change(target.versionTag().value(), image, target, access));
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
            throw refused(tag, previous, image, tag.equals(target.shaTag().value()) ? SHA_REMEDY : VERSION_REMEDY);
        }
        if (access.repository().isImmutable(tag)) {
            throw refused(tag, previous, image, IMMUTABLE_REMEDY);
        }
        return new TagChange.Move(tag, previous, image);
    }

    private static final String SHA_REMEDY =
            "pin ecr.from by digest and build as before, or publish the image that is there with"
                    + " -Decr.onExistingSha=adopt";
    private static final String VERSION_REMEDY = "release a new version; only what ecr.movingVersions names may move";
    private static final String IMMUTABLE_REMEDY =
            "exclude moving versions from the repository's immutability (a filter such as *-SNAPSHOT), or release a version";

    private static DeliveryException refused(Tag tag, Manifest previous, Manifest image, String remedy) {
        return DeliveryException.ofUser(
                "The tag " + tag + " points at another image already; nothing was sent or tagged",
                tag + " is " + previous.digest() + ", this build is " + image.digest(),
                remedy);
    }
}
