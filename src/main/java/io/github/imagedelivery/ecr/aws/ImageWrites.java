package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operations that change a repository, each tried once. */
final class ImageWrites {
    private static final Set<String> NOT_UNDER_THIS_TAG = Set.of("ImageNotFound", "ImageTagDoesNotMatchDigest");

    private final RegistryCalls registry;

    ImageWrites(RegistryCalls registry) {
        this.registry = registry;
    }

    /** Stores the manifest, under the tag if one is given. */
    Ecr.Put putImage(RepositoryName repository, Manifest manifest, Optional<Tag> tag) throws AwsException {
        AwsCall call = registry.call("PutImage", repository);
        Json image = registry.parameters(repository)
                .with("imageManifest", Json.of(new String(manifest.bytes(), StandardCharsets.UTF_8)))
                .with("imageManifestMediaType", Json.of(manifest.mediaType()))
                .with("imageDigest", Json.of(manifest.digest().toString()));
        Answer answer;
        try {
            answer = call.write(tag.map(name -> image.with("imageTag", Json.of(name.value())))
                    .orElse(image));
        } catch (AwsException e) {
            if (e.code().equals("ImageAlreadyExistsException")) {
                return Ecr.Put.ALREADY_THERE;
            }
            throw e;
        }
        String acknowledged = answer.part("image").part("imageId").text("imageDigest");
        if (!acknowledged.equals(manifest.digest().toString())) {
            throw call.strange(
                    "sent " + manifest.digest() + ", the answer acknowledges \"" + Texts.shown(acknowledged) + "\"");
        }
        return Ecr.Put.WRITTEN;
    }

    /** Removes the tag if it still points at the digest; tells whether it did. */
    boolean deleteTag(RepositoryName repository, Tag tag, Digest digest) throws AwsException {
        AwsCall call = registry.call("BatchDeleteImage", repository);
        Json id = Json.object().with("imageDigest", Json.of(digest.toString())).with("imageTag", Json.of(tag.value()));
        Answer answer = call.write(registry.parameters(repository).with("imageIds", Json.array(List.of(id))));
        if (!answer.parts("imageIds").isEmpty()) {
            return true;
        }
        List<Answer> failures = answer.parts("failures");
        for (Answer failure : failures) {
            String code = failure.text("failureCode");
            if (!NOT_UNDER_THIS_TAG.contains(code)) {
                throw call.listed(code, failure.text("failureReason"));
            }
        }
        if (failures.isEmpty()) {
            throw call.strange("the answer says nothing of the tag \"" + tag + "\"");
        }
        return false;
    }
}
