package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One repository of ECR: manifests and tags over the control plane, blobs over the data plane. */
final class EcrStore implements ContentStore, TagStore {
    private final Ecr ecr;
    private final RepositoryName name;
    private final String registry;
    private final Shared shared;
    private final Exchange.Listener listener;
    private @Nullable Repository dataPlane;

    EcrStore(Ecr ecr, RepositoryDescription repository, Shared shared, Exchange.Listener listener) {
        this.ecr = ecr;
        this.name = repository.name();
        this.registry = repository.registry();
        this.shared = shared;
        this.listener = listener;
    }

    /**
     * What the repositories of a session share.
     *
     * @param registries opens repositories on the data plane
     * @param pace spreads the writes of manifests over time
     */
    record Shared(Registries registries, PutPace pace) {}

    @Override
    public Set<Digest> present(Collection<Digest> blobs) throws AwsException, RegistryException {
        Optional<Set<Digest>> answered = ecr.available(name, blobs);
        if (answered.isPresent()) {
            return answered.get();
        }
        Set<Digest> present = new HashSet<>();
        for (Digest blob : blobs) {
            if (dataPlane().has(blob)) {
                present.add(blob);
            }
        }
        return present;
    }

    @Override
    public boolean isMountable(Origin origin) throws AwsException {
        return origin.endpoint().equals(ecr.dataPlane());
    }

    @Override
    public Origin neighbour(RepositoryName repository) throws AwsException {
        return new Origin(ecr.dataPlane(), repository);
    }

    @Override
    public Arrival push(Blob blob, Optional<Origin> origin) throws AwsException, RegistryException {
        Repository repository = dataPlane();
        boolean mounts = origin.isPresent() && isMountable(origin.get());
        return repository.push(blob, mounts ? origin.map(Origin::repository) : Optional.empty());
    }

    @Override
    public InputStream open(Descriptor blob) throws AwsException, RegistryException {
        return dataPlane().open(blob);
    }

    @Override
    public boolean push(Manifest manifest) throws AwsException {
        shared.pace().await(registry);
        return ecr.putImage(name, manifest) == Put.WRITTEN;
    }

    @Override
    public Map<Digest, Manifest> manifests(Collection<Digest> digests) throws AwsException {
        return ecr.imagesByDigest(name, digests);
    }

    @Override
    public Map<Tag, Manifest> read(Collection<Tag> tags) throws AwsException {
        return ecr.images(name, tags);
    }

    @Override
    public Put tag(Tag tag, Manifest manifest) throws AwsException {
        shared.pace().await(registry);
        return ecr.putImage(name, manifest, tag);
    }

    @Override
    public Set<Tag> tagsOf(Digest digest) throws AwsException {
        return ecr.tagsOf(name, digest);
    }

    @Override
    public boolean untag(Tag tag, Digest digest) throws AwsException {
        return ecr.deleteTag(name, tag, digest);
    }

    /** Logs in and connects on the first blob that must be sent: an unchanged image never comes here. */
    private synchronized Repository dataPlane() throws AwsException, RegistryException {
        Repository opened = dataPlane;
        if (opened == null) {
            opened = shared.registries().open(ecr.dataPlane(), name, new EcrAuthorization(ecr, name), listener);
            dataPlane = opened;
        }
        return opened;
    }
}
