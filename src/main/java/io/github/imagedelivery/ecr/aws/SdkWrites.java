package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/** The operations that change a repository, each tried once. */
final class SdkWrites {
    private static final Set<String> NOT_UNDER_THIS_TAG = Set.of("ImageNotFound", "ImageTagDoesNotMatchDigest");

    private final SdkClients clients;
    private final Optional<EcrHost> registry;
    private final Exchange.Listener listener;

    /**
     * Creates the operations.
     *
     * @param registry whose account is named in every call; empty for the caller's own
     */
    SdkWrites(SdkClients clients, Optional<EcrHost> registry, Exchange.Listener listener) {
        this.clients = clients;
        this.registry = registry;
        this.listener = listener;
    }

    /** Stores the manifest, under the tag if one is given. */
    Ecr.Put putImage(RepositoryName repository, Manifest manifest, Optional<Tag> tag) throws AwsException {
        SdkCall call = call("PutImage", repository);
        PutImageResponse answer;
        try {
            answer = call.run(rules -> clients.writes()
                    .putImage(request -> request.registryId(registryId())
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
        String acknowledged = stored == null ? "" : text(stored.imageDigest());
        if (!acknowledged.equals(manifest.digest().toString())) {
            throw call.strange(
                    "sent " + manifest.digest() + ", the answer acknowledges \"" + Texts.shown(acknowledged) + "\"");
        }
        return Ecr.Put.WRITTEN;
    }

    /** Removes the tag if it still points at the digest; tells whether it did. */
    boolean deleteTag(RepositoryName repository, Tag tag, Digest digest) throws AwsException {
        SdkCall call = call("BatchDeleteImage", repository);
        ImageIdentifier id = ImageIdentifier.builder()
                .imageTag(tag.value())
                .imageDigest(digest.toString())
                .build();
        BatchDeleteImageResponse answer = call.run(rules -> clients.writes()
                .batchDeleteImage(request -> request.registryId(registryId())
                        .repositoryName(repository.value())
                        .imageIds(id)
                        .overrideConfiguration(rules)));
        if (!answer.imageIds().isEmpty()) {
            return true;
        }
        for (ImageFailure failure : answer.failures()) {
            if (!NOT_UNDER_THIS_TAG.contains(text(failure.failureCodeAsString()))) {
                throw call.listed(failure.failureCodeAsString(), failure.failureReason());
            }
        }
        if (answer.failures().isEmpty()) {
            throw call.strange("the answer says nothing of the tag \"" + tag + "\"");
        }
        return false;
    }

    private SdkCall call(String operation, RepositoryName repository) {
        return clients.call(operation, List.of(new SessionTarget(registry, repository, true)), listener);
    }

    private @Nullable String registryId() {
        return registry.map(EcrHost::account).orElse(null);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
