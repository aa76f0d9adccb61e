package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Path;

/**
 * An image whose every blob and manifest is in its repository by digest, without a tag; or one that all its tags point at
 * already. Only {@link Delivery} can make one.
 */
public final class StagedImage {
    private final Coordinates coordinates;
    private final Access access;
    private final TagPlan plan;
    private final Details details;

    StagedImage(Coordinates coordinates, Access access, TagPlan plan, Details details) {
        this.coordinates = coordinates;
        this.access = access;
        this.plan = plan;
        this.details = details;
    }

    /**
     * What is known of the image beyond its tags.
     *
     * @param module what messages call the module that the image is made of
     * @param reports directory that the reports are written to
     * @param policy how its tags are published
     * @param isNew whether the repository did not have the image before, under whatever tag or none
     * @param report the report so far
     * @param timings time by phase; publishing adds to it
     * @param traffic requests and bytes; publishing adds to it
     */
    record Details(
            String module,
            Path reports,
            PublishPolicy policy,
            boolean isNew,
            Json report,
            Timings timings,
            Traffic traffic) {}

    /** Returns what messages call the module that the image is made of. */
    public String module() {
        return details.module();
    }

    /** Returns the directory that the reports are written to. */
    public Path reports() {
        return details.reports();
    }

    /** Returns what it is to be called. */
    public Coordinates coordinates() {
        return coordinates;
    }

    /** Returns how its tags are published. */
    public PublishPolicy policy() {
        return details.policy();
    }

    /** Returns the digest of the image. */
    public Digest digest() {
        return plan.version().next().digest();
    }

    /** Returns the digest of its config; of several platforms, that of the first. */
    public String imageId() {
        return details.report().get("imageId").text().orElse("");
    }

    /** Returns where the image is pulled from, without tag: {@code host/repository}. */
    public String uri() {
        return access.repository().uri();
    }

    /** Tells whether all tags point at the image already, so that there is nothing to publish. */
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
