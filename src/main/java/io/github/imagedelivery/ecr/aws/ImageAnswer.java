package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/**
 * What {@code BatchGetImage} answered: images, and failures for what was not found.
 *
 * @param call the call that was answered
 */
record ImageAnswer(SdkCall call, BatchGetImageResponse answer) {
    private static final ImageIdentifier NAMELESS = ImageIdentifier.builder().build();

    /** Returns the images under the tags by which they were asked for. */
    Map<String, Manifest> byTag() throws AwsException {
        Map<String, Manifest> found = new HashMap<>();
        for (Image image : answer.images()) {
            found.put(id(image).map(ImageIdentifier::imageTag).orElse(""), manifest(image));
        }
        return found;
    }

    /** Returns the image, if it was found, where one was asked for. */
    Optional<Manifest> image() throws AwsException {
        return answer.images().isEmpty()
                ? Optional.empty()
                : Optional.of(manifest(answer.images().get(0)));
    }

    /**
     * Returns what is not there, without tag and digest where the answer does not say what; any other failure is
     * thrown.
     */
    List<ImageIdentifier> absent() throws AwsException {
        for (ImageFailure failure : answer.failures()) {
            if (!"ImageNotFound".equals(failure.failureCodeAsString())) {
                throw call.listed(failure.failureCodeAsString(), failure.failureReason());
            }
        }
        return answer.failures().stream()
                .map(ImageFailure::imageId)
                .map(id -> Objects.requireNonNullElse(id, NAMELESS))
                .toList();
    }

    private Manifest manifest(Image image) throws AwsException {
        byte[] bytes = SdkRegistry.text(image.imageManifest()).getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        String named = id(image).map(ImageIdentifier::imageDigest).orElse("");
        if (!digest.toString().equals(named)) {
            throw call.strange("the manifest has the digest " + digest + " and not \"" + Texts.shown(named)
                    + "\", as the answer says");
        }
        try {
            return Manifest.parse(bytes, SdkRegistry.text(image.imageManifestMediaType()));
        } catch (FormatException e) {
            throw call.strange(digest + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<ImageIdentifier> id(Image image) {
        return Optional.ofNullable(image.imageId());
    }
}
