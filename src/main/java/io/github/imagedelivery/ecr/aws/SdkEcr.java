package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;

/** The ECR API through the AWS SDK; what it changes is done by {@link SdkWrites}. */
final class SdkEcr implements Ecr {
    /** The most layers that one {@code BatchCheckLayerAvailability} may name. */
    private static final int BATCH = 100;

    /** Statuses of a control plane that does not know the operation. */
    private static final Set<Integer> NO_SUCH_OPERATION = Set.of(404, 405, 501);

    private final SdkRegistry registry;
    private final Logins logins;
    private final Optional<URI> dataPlane;
    private final Exchange.Listener listener;
    private final SdkWrites writes;
    private final SdkRepositories repositories;

    /**
     * Creates the API of a registry.
     *
     * @param host whose account is named in every call; empty for the caller's own
     * @param dataPlane where the registry's {@code /v2} is; empty to ask with the login
     */
    SdkEcr(
            EcrClients.Connection connection,
            Optional<EcrHost> host,
            Optional<URI> dataPlane,
            Exchange.Listener listener) {
        this(new SdkRegistry(connection.clients(), host, listener, true), connection.logins(), dataPlane);
    }

    private SdkEcr(SdkRegistry registry, Logins logins, Optional<URI> dataPlane) {
        this.registry = registry;
        this.logins = logins;
        this.dataPlane = dataPlane;
        this.listener = registry.listener();
        this.writes = new SdkWrites(registry);
        this.repositories = new SdkRepositories(registry);
    }

    @Override
    public Ecr toRead() {
        return new SdkEcr(registry.toRead(), logins, dataPlane);
    }

    @Override
    public RepositoryDescription describe(RepositoryName repository) throws AwsException {
        return repositories.describe(repository);
    }

    @Override
    public Repositories repositories() {
        return repositories;
    }

    @Override
    public Map<Tag, Manifest> images(RepositoryName repository, Collection<Tag> tags) throws AwsException {
        Map<Tag, Manifest> images = new HashMap<>();
        Set<Tag> open = new LinkedHashSet<>(tags);
        while (!open.isEmpty()) {
            int asked = open.size();
            ImageAnswer answer = batchGetImage(
                    repository,
                    open.stream()
                            .map(tag -> ImageIdentifier.builder()
                                    .imageTag(tag.value())
                                    .build())
                            .toList());
            answer.byTag()
                    .forEach((name, manifest) -> open.stream()
                            .filter(tag -> tag.value().equals(name))
                            .forEach(tag -> images.put(tag, manifest)));
            open.removeAll(images.keySet());
            for (ImageIdentifier absent : answer.absent()) {
                open.removeIf(tag -> tag.value().equals(absent.imageTag()));
            }
            // A tag that is not mentioned is not a free tag: it is asked for again, as long as the others get fewer.
            if (open.size() == asked) {
                throw answer.call().strange("the answer says nothing of the tags " + open);
            }
        }
        return images;
    }

    @Override
    public Optional<Manifest> image(RepositoryName repository, Digest digest) throws AwsException {
        ImageIdentifier id =
                ImageIdentifier.builder().imageDigest(digest.toString()).build();
        ImageAnswer answer = batchGetImage(repository, List.of(id));
        Optional<Manifest> image = answer.image();
        if (image.isPresent() && !image.get().digest().equals(digest)) {
            throw answer.call()
                    .strange("asked for " + digest + ", the answer holds "
                            + image.get().digest());
        }
        if (image.isEmpty() && answer.absent().isEmpty()) {
            throw answer.call().strange("the answer says nothing of " + digest);
        }
        return image;
    }

    private ImageAnswer batchGetImage(RepositoryName repository, List<ImageIdentifier> ids) throws AwsException {
        SdkCall call = registry.call("BatchGetImage", repository);
        return new ImageAnswer(
                call,
                call.run(rules -> registry.clients()
                        .reads()
                        .batchGetImage(request -> request.registryId(registry.id())
                                .repositoryName(repository.value())
                                .imageIds(ids)
                                .acceptedMediaTypes(MediaTypes.MANIFESTS)
                                .overrideConfiguration(rules))));
    }

    @Override
    public Optional<Set<Digest>> available(RepositoryName repository, Collection<Digest> blobs) throws AwsException {
        List<Digest> distinct = List.copyOf(new LinkedHashSet<>(blobs));
        Set<Digest> available = new HashSet<>();
        for (int from = 0; from < distinct.size(); from += BATCH) {
            List<Digest> batch = distinct.subList(from, Math.min(from + BATCH, distinct.size()));
            try {
                Set<String> there = available(repository, batch);
                batch.stream().filter(blob -> there.contains(blob.toString())).forEach(available::add);
            } catch (AwsException e) {
                boolean unknown = e.code().equals("UnknownOperationException")
                        || (NO_SUCH_OPERATION.contains(e.status()) && !e.code().equals("RepositoryNotFoundException"));
                if (unknown) {
                    return Optional.empty();
                }
                throw e;
            }
        }
        return Optional.of(available);
    }

    private Set<String> available(RepositoryName repository, List<Digest> batch) throws AwsException {
        SdkCall call = registry.call("BatchCheckLayerAvailability", repository);
        List<String> digests = batch.stream().map(Digest::toString).toList();
        BatchCheckLayerAvailabilityResponse answer = call.run(rules -> registry.clients()
                .reads()
                .batchCheckLayerAvailability(request -> request.registryId(registry.id())
                        .repositoryName(repository.value())
                        .layerDigests(digests)
                        .overrideConfiguration(rules)));
        for (LayerFailure failure : answer.failures()) {
            if (!"MissingLayerDigest".equals(failure.failureCodeAsString())) {
                throw call.listed(failure.failureCodeAsString(), failure.failureReason());
            }
        }
        return answer.layers().stream()
                .filter(layer -> layer.layerAvailability() == LayerAvailability.AVAILABLE)
                .map(layer -> SdkRegistry.text(layer.layerDigest()))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Tag> tagsOf(RepositoryName repository, Digest digest) throws AwsException {
        SdkCall call = registry.call("DescribeImages", repository);
        DescribeImagesResponse answer;
        try {
            answer = call.run(rules -> registry.clients()
                    .reads()
                    .describeImages(request -> request.registryId(registry.id())
                            .repositoryName(repository.value())
                            .imageIds(ImageIdentifier.builder()
                                    .imageDigest(digest.toString())
                                    .build())
                            .overrideConfiguration(rules)));
        } catch (AwsException e) {
            if (e.code().equals("ImageNotFoundException")) {
                return Set.of();
            }
            throw e;
        }
        Set<Tag> tags = new HashSet<>();
        for (ImageDetail image : answer.imageDetails()) {
            for (String tag : image.imageTags()) {
                tags.add(tag(call, tag));
            }
        }
        return tags;
    }

    private static Tag tag(SdkCall call, String answered) throws AwsException {
        try {
            return Tag.parse(answered);
        } catch (FormatException e) {
            throw call.strange("the answer holds a tag that cannot be: " + e.getMessage());
        }
    }

    @Override
    public Put putImage(RepositoryName repository, Manifest manifest) throws AwsException {
        return writes.putImage(repository, manifest, Optional.empty());
    }

    @Override
    public Put putImage(RepositoryName repository, Manifest manifest, Tag tag) throws AwsException {
        return writes.putImage(repository, manifest, Optional.of(tag));
    }

    @Override
    public boolean deleteTag(RepositoryName repository, Tag tag, Digest digest) throws AwsException {
        return writes.deleteTag(repository, tag, digest);
    }

    @Override
    public void willRead(RepositoryName repository) throws AwsException {
        registry.willRead(repository);
    }

    @Override
    public Login login() throws AwsException {
        return logins.login(listener);
    }

    @Override
    public Login renew(String stale) throws AwsException {
        return logins.renew(stale, listener);
    }

    @Override
    public URI dataPlane() throws AwsException {
        return dataPlane.isPresent() ? dataPlane.get() : login().endpoint();
    }
}
