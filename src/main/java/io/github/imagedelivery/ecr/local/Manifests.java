package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.util.Optional;

/** What both planes ask of a manifest that is put, in the words of the control plane. */
final class Manifests {
    private Manifests() {}

    static Manifest parse(byte[] bytes, String mediaType) throws Refusal {
        try {
            return Manifest.parse(bytes, mediaType);
        } catch (FormatException e) {
            throw Refusal.invalidManifest();
        }
    }

    static void requireTag(Optional<String> tag) throws Refusal {
        if (tag.isPresent() && !ImageId.isTag(tag.get())) {
            throw Refusal.invalidParameter("imageTag", "must satisfy regular expression '[a-zA-Z0-9-_.]+'");
        }
    }

    static void requireDigest(Manifest manifest, Optional<String> digest, Refusal.Place place) throws Refusal {
        if (digest.isPresent() && !digest.get().equals(manifest.digest().toString())) {
            throw new Refusal(
                    400,
                    "ImageDigestDoesNotMatchException",
                    "The image with digest '" + digest.get() + "' in repository '" + place.repository()
                            + "' and registry ID '" + place.account()
                            + "' does not match the image digest that Amazon ECR has calculated.");
        }
    }
}
