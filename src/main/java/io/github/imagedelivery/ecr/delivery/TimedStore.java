package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository.Arrival;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that notes when each blob was brought into it, and is as another one for the rest. */
record TimedStore(ContentStore store, Timeline timeline) implements ContentStore {
    @Override
    public Arrival push(Blob blob, Optional<Origin> origin) throws AwsException, RegistryException {
        long start = timeline.nanos();
        Arrival arrival = store.push(blob, origin);
        timeline.blob(blob.descriptor().digest(), start, timeline.nanos());
        return arrival;
    }

    @Override
    public Set<Digest> present(Collection<Digest> blobs) throws AwsException, RegistryException {
        return store.present(blobs);
    }

    @Override
    public boolean isMountable(Origin origin) throws AwsException {
        return store.isMountable(origin);
    }

    @Override
    public Origin neighbour(RepositoryName repository) throws AwsException {
        return store.neighbour(repository);
    }

    @Override
    public InputStream open(Descriptor blob) throws AwsException, RegistryException {
        return store.open(blob);
    }

    @Override
    public boolean push(Manifest manifest) throws AwsException {
        return store.push(manifest);
    }

    @Override
    public Map<Digest, Manifest> manifests(Collection<Digest> digests) throws AwsException {
        return store.manifests(digests);
    }
}
