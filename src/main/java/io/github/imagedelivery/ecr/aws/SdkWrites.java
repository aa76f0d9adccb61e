package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/** The operations that change a repository, each tried once. */
final class SdkWrites {
    private static final Set<String> NOT_UNDER_THIS_TAG = Set.of("ImageNotFound", "ImageTagDoesNotMatchDigest");

    private final SdkRegistry registry;

    SdkWrites(SdkRegistry registry) {
        this.registry = registry;
    }

    /** Stores the manifest, under the tag if one is given. */
    Ecr.Put putImage(RepositoryName repository, Manifest manifest, Optional<Tag> tag) throws AwsException {
        SdkCall call = registry.call("PutImage", repository);
        PutImageResponse answer;
        try {
            answer = call.run(rules -> registry.clients()
                    .writes()
                    .putImage(request -> request.registryId(registry.id())
                            .repositoryName(repository.value())
                            .imageManifest(new String(manifest.bytes(), StandardCharsets.UTF_8))
                            .imageManifestMediaType(manifest.mediaType())
                            .imageDigest(manifest.digest().toString())
                            .imageTag(tag.map(Tag::value).orElse(null))
                            .overrideConfiguration(rules)));
        } catch (AwsException e) {
            if (e.code().equals("ImageAlreadyExistsException")) {
                return Ecr.Put.ALREADY_THERE;
            }
            throw e;
        }
        ImageIdentifier stored = answer.image() == null ? null : answer.image().imageId();
        String acknowledged = stored == null ? "" : SdkRegistry.text(stored.imageDigest());
        if (!acknowledged.equals(manifest.digest().toString())) {
            throw call.strange(
                    "sent " + manifest.digest() + ", the answer acknowledges \"" + Texts.shown(acknowledged) + "\"");
        }
        return Ecr.Put.WRITTEN;
    }

    /** Removes the tag if it still points at the digest; tells whether it did. */
    boolean deleteTag(RepositoryName repository, Tag tag, Digest digest) throws AwsException {
        SdkCall call = registry.call("BatchDeleteImage", repository);
        ImageIdentifier id = ImageIdentifier.builder()
                .imageTag(tag.value())
                .imageDigest(digest.toString())
                .build();
        BatchDeleteImageResponse answer = call.run(rules -> registry.clients()
                .writes()
                .batchDeleteImage(request -> request.registryId(registry.id())
                        .repositoryName(repository.value())
                        .imageIds(id)
                        .overrideConfiguration(rules)));
        if (!answer.imageIds().isEmpty()) {
            return true;
        }
        for (ImageFailure failure : answer.failures()) {
            if (!NOT_UNDER_THIS_TAG.contains(SdkRegistry.text(failure.failureCodeAsString()))) {
                throw call.listed(failure.failureCodeAsString(), failure.failureReason());
            }
        }
        if (answer.failures().isEmpty()) {
            throw call.strange("the answer says nothing of the tag \"" + tag + "\"");
        }
        return false;
    }
}
