package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;

/**
 * An image whose every blob and manifest is in its repository by digest, without a tag; or one that both tags point at
 * already. Only {@link Delivery} can make one.
 */
public final class StagedImage {
    private final Module module;
    private final Coordinates coordinates;
    private final Access access;
    private final TagPlan plan;
    private final Details details;

    StagedImage(Module module, Coordinates coordinates, Access access, TagPlan plan, Details details) {
        this.module = module;
        this.coordinates = coordinates;
        this.access = access;
        this.plan = plan;
        this.details = details;
    }

    /**
     * What the report tells of the image beyond its tags.
     *
     * @param imageId digest of the config
     * @param base name of the base image with the digest that it was resolved to
     * @param platform what the image runs on
     * @param staging how its content came to be in the repository
     * @param timings time by phase; publishing adds to it
     * @param traffic requests and bytes; publishing adds to it
     */
    record Details(Digest imageId, String base, Platform platform, Staging staging, Timings timings, Traffic traffic) {
        Details(BuiltImage image, BaseSource base, Staging staging, Timings timings, Traffic traffic) {
            this(image.config().descriptor().digest(), base.pinned(), image.platform(), staging, timings, traffic);
        }
    }

    /** Returns the module that the image is made of. */
    public Module module() {
        return module;
    }

    /** Returns what it is to be called. */
    public Coordinates coordinates() {
        return coordinates;
    }

    /** Returns the digest of the image. */
    public Digest digest() {
        return plan.version().next().digest();
    }

    /** Returns where the image is pulled from, without tag: {@code host/repository}. */
    public String uri() {
        return access.repository().uri();
    }

    /** Tells whether both tags point at the image already, so that there is nothing to publish. */
    public boolean isPublished() {
        return plan.isUnchanged();
    }

    TagPlan plan() {
        return plan;
    }

    Access access() {
        return access;
    }

    Details details() {
        return details;
    }
}
