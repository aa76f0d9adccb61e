package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
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

/** The API of ECR; what it changes is done by {@link ImageWrites}. */
final class EcrApi implements Ecr {
    /** The most layers or images that one request may name. */
    private static final int BATCH = 100;

    /** Statuses of a control plane that does not know the operation. */
    private static final Set<Integer> NO_SUCH_OPERATION = Set.of(404, 405, 501);

    private final RegistryCalls registry;
    private final EcrClients.Connection connection;
    private final Optional<URI> dataPlane;
    private final Exchange.Listener listener;
    private final ImageWrites writes;
    private final EcrRepositories repositories;

    /**
     * Creates the API of a registry.
     *
     * @param host whose account is named in every call; empty for the caller's own
     * @param dataPlane where the registry's {@code /v2} is; empty to ask with the login
     */
    EcrApi(
            EcrClients.Connection connection,
            Optional<EcrHost> host,
            Optional<URI> dataPlane,
            Exchange.Listener listener) {
        this(new RegistryCalls(connection.plane(), host, listener, true), connection, dataPlane);
    }

    private EcrApi(RegistryCalls registry, EcrClients.Connection connection, Optional<URI> dataPlane) {
        this.registry = registry;
        this.connection = connection;
        this.dataPlane = dataPlane;
        this.listener = registry.listener();
        this.writes = new ImageWrites(registry);
        this.repositories = new EcrRepositories(registry);
    }

    @Override
    public Ecr toRead() {
        return new EcrApi(registry.toRead(), connection, dataPlane);
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
                            .map(tag -> Json.object().with("imageTag", Json.of(tag.value())))
                            .toList());
            answer.byTag()
                    .forEach((name, manifest) -> open.stream()
                            .filter(tag -> tag.value().equals(name))
                            .forEach(tag -> images.put(tag, manifest)));
            open.removeAll(images.keySet());
            List<String> absent = answer.absent();
            open.removeIf(tag -> absent.contains(tag.value()));
            // A tag that is not mentioned is not a free tag: it is asked for again, as long as the others get fewer.
            if (open.size() == asked) {
                throw answer.call().strange("the answer says nothing of the tags " + open);
            }
        }
        return images;
    }

    @Override
    public Optional<Manifest> image(RepositoryName repository, Digest digest) throws AwsException {
        return Optional.ofNullable(imagesByDigest(repository, List.of(digest)).get(digest));
    }

    @Override
    public Map<Digest, Manifest> imagesByDigest(RepositoryName repository, Collection<Digest> digests)
            throws AwsException {
        List<Digest> distinct = List.copyOf(new LinkedHashSet<>(digests));
        Map<Digest, Manifest> images = new HashMap<>();
        for (int from = 0; from < distinct.size(); from += BATCH) {
            images.putAll(batch(repository, distinct.subList(from, Math.min(from + BATCH, distinct.size()))));
        }
        return images;
    }

    private Map<Digest, Manifest> batch(RepositoryName repository, List<Digest> asked) throws AwsException {
        ImageAnswer answer =
                batchGetImage(repository, asked.stream().map(EcrApi::id).toList());
        Map<Digest, Manifest> images = new HashMap<>();
        for (Manifest image : answer.images()) {
            if (!asked.contains(image.digest())) {
                throw answer.call().strange("asked for " + shown(asked) + ", the answer holds " + image.digest());
            }
            images.put(image.digest(), image);
        }
        // Not every registry says which digest a failure is of.
        if (images.size() + answer.absent().size() < asked.size()) {
            List<Digest> open =
                    asked.stream().filter(digest -> !images.containsKey(digest)).toList();
            throw answer.call().strange("the answer says nothing of " + shown(open));
        }
        return images;
    }

    private static String shown(Collection<Digest> digests) {
        return digests.stream().map(Digest::toString).collect(Collectors.joining(", "));
    }

    private static Json id(Digest digest) {
        return Json.object().with("imageDigest", Json.of(digest.toString()));
    }

    private ImageAnswer batchGetImage(RepositoryName repository, List<Json> ids) throws AwsException {
        AwsCall call = registry.call("BatchGetImage", repository);
        Answer answer = call.read(registry.parameters(repository)
                .with("imageIds", Json.array(ids))
                .with("acceptedMediaTypes", Json.texts(MediaTypes.MANIFESTS)));
        if (registry.host().isEmpty()) {
            for (Answer image : answer.parts("images")) {
                connection.own().isOf(image.text("registryId"));
            }
        }
        return new ImageAnswer(call, answer);
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
        AwsCall call = registry.call("BatchCheckLayerAvailability", repository);
        List<String> digests = batch.stream().map(Digest::toString).toList();
        Answer answer = call.read(registry.parameters(repository).with("layerDigests", Json.texts(digests)));
        for (Answer failure : answer.parts("failures")) {
            String code = failure.text("failureCode");
            if (!code.equals("MissingLayerDigest")) {
                throw call.listed(code, failure.text("failureReason"));
            }
        }
        Set<String> there = new HashSet<>();
        for (Answer layer : answer.parts("layers")) {
            if (layer.text("layerAvailability").equals("AVAILABLE")) {
                there.add(layer.text("layerDigest"));
            }
        }
        return there;
    }

    @Override
    public Set<Tag> tagsOf(RepositoryName repository, Digest digest) throws AwsException {
        AwsCall call = registry.call("DescribeImages", repository);
        Answer answer;
        try {
            answer = call.read(registry.parameters(repository).with("imageIds", Json.array(List.of(id(digest)))));
        } catch (AwsException e) {
            if (e.code().equals("ImageNotFoundException")) {
                return Set.of();
            }
            throw e;
        }
        Set<Tag> tags = new HashSet<>();
        for (Answer image : answer.parts("imageDetails")) {
            for (String tag : image.texts("imageTags")) {
                tags.add(tag(call, tag));
            }
        }
        return tags;
    }

    private static Tag tag(AwsCall call, String answered) throws AwsException {
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
        return connection.logins().login(listener);
    }

    @Override
    public Login renew(String stale) throws AwsException {
        return connection.logins().renew(stale, listener);
    }

    @Override
    public String host() throws AwsException {
        Optional<String> known = registry.host().map(EcrHost::canonical).or(connection.own()::host);
        return known.isPresent() ? known.get() : dataPlane().getAuthority();
    }

    @Override
    public URI dataPlane() throws AwsException {
        return dataPlane.isPresent() ? dataPlane.get() : login().endpoint();
    }
}
