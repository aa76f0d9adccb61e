package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the ECR API names an image: by tag, by digest or by both, as it was written and not yet checked.
 *
 * @param tag {@code imageTag}
 * @param digest {@code imageDigest}
 */
record ImageId(Optional<String> tag, Optional<String> digest) {
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9-_.]{1,300}");

    static ImageId of(Json json) {
        return new ImageId(json.get("imageTag").text(), json.get("imageDigest").text());
    }

    /** Reads what the distribution API puts into a path. */
    static ImageId ofReference(String reference) {
        return reference.contains(":")
                ? new ImageId(Optional.empty(), Optional.of(reference))
                : new ImageId(Optional.of(reference), Optional.empty());
    }

    static ImageId of(Optional<String> tag, Digest digest) {
        return new ImageId(tag, Optional.of(digest.toString()));
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Returns the digest if one is named and well formed. */
    Optional<Digest> parsedDigest() {
        try {
            return digest.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(digest.get()));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Checks the form. */
    void check() throws ImageFailure {
        if (tag.isEmpty() && digest.isEmpty()) {
            throw flaw("MissingDigestAndTag", "both tag and digest cannot be null");
        }
        if (digest.isPresent() && parsedDigest().isEmpty()) {
            throw flaw("InvalidImageDigest", "image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
        }
        if (tag.isPresent() && !isTag(tag.get())) {
            throw flaw("InvalidImageTag", "image tag should satisfy the regex '[a-zA-Z0-9-_.]+'");
        }
    }

    private ImageFailure flaw(String code, String reason) {
        return new ImageFailure(this, code, "Invalid request parameters: " + reason);
    }

    Json toJson() {
        Json json =
                digest.map(d -> Json.object().with("imageDigest", Json.of(d))).orElse(Json.object());
        return tag.map(t -> json.with("imageTag", Json.of(t))).orElse(json);
    }
}
