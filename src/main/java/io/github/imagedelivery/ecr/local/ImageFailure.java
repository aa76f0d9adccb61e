package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;

/** Thrown for one image that a batch operation cannot serve; the operation itself answers 200 and lists it. */
final class ImageFailure extends Exception {
    static final String NOT_FOUND = "ImageNotFound";
    private static final long serialVersionUID = 1;

    private final transient ImageId id;
    private final String code;

    ImageFailure(ImageId id, String code, String reason) {
        super(reason);
        this.id = id;
        this.code = code;
    }

    static ImageFailure notFound(ImageId id) {
        return new ImageFailure(id, NOT_FOUND, "Requested image not found");
    }

    static ImageFailure mismatch(ImageId id) {
        return new ImageFailure(
                id, "ImageTagDoesNotMatchDigest", "The image tag does not point at the image with the given digest");
    }

    static ImageFailure referenced(ImageId id) {
        return new ImageFailure(
                id,
                "ImageReferencedByManifestList",
                "Requested image referenced by manifest list: delete the manifest list first");
    }

    String code() {
        return code;
    }

    /** Returns the reason; never null. */
    String reason() {
        return String.valueOf(getMessage());
    }

    Json toJson() {
        return Json.object()
                .with("imageId", id.toJson())
                .with("failureCode", Json.of(code))
                .with("failureReason", Json.of(reason()));
    }
}
