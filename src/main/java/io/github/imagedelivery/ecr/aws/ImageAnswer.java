package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code BatchGetImage} answered: images, and failures for what was not found.
 *
 * @param call the call that was answered
 */
record ImageAnswer(AwsCall call, Answer answer) {
    /** Returns the images under the tags by which they were asked for. */
    Map<String, Manifest> byTag() throws AwsException {
        Map<String, Manifest> found = new HashMap<>();
        for (Answer image : answer.parts("images")) {
            found.put(image.part("imageId").text("imageTag"), manifest(image));
        }
        return found;
    }

    /** Returns the images. */
    List<Manifest> images() throws AwsException {
        List<Manifest> images = new ArrayList<>();
        for (Answer image : answer.parts("images")) {
            images.add(manifest(image));
        }
        return images;
    }

    /** Returns the tags of what is not there, empty ones where the answer names none; any other failure is thrown. */
    List<String> absent() throws AwsException {
        List<String> absent = new ArrayList<>();
        for (Answer failure : answer.parts("failures")) {
            String code = failure.text("failureCode");
            if (!code.equals("ImageNotFound")) {
                throw call.listed(code, failure.text("failureReason"));
            }
            absent.add(failure.part("imageId").text("imageTag"));
        }
        return absent;
    }

    private Manifest manifest(Answer image) throws AwsException {
        byte[] bytes = image.text("imageManifest").getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        String named = image.part("imageId").text("imageDigest");
        if (!digest.toString().equals(named)) {
            throw call.strange("the manifest has the digest " + digest + " and not \"" + Texts.shown(named)
                    + "\", as the answer says");
        }
        try {
            return Manifest.parse(bytes, image.text("imageManifestMediaType"));
        } catch (FormatException e) {
            throw call.strange(digest + " cannot be read: " + e.getMessage());
        }
    }
}
