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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A repository's content by digest. Nothing that is written here can be seen by tag: whoever is handed this alone
 * cannot make an image visible.
 */
interface ContentStore {
    /** Returns those of the blobs that the repository has. */
    Set<Digest> present(Collection<Digest> blobs) throws AwsException, RegistryException;

    /** Tells whether a blob of the other repository can be asked for by a mount: both are in the same registry. */
    boolean isMountable(Origin origin) throws AwsException;

    /** Returns another repository of the same registry, to mount from. */
    Origin neighbour(RepositoryName repository) throws AwsException;

    /**
     * Brings a blob into the repository.
     *
     * @param origin another repository that has the blob; where it is in the same registry, a mount is asked for first
     */
    Arrival push(Blob blob, Optional<Origin> origin) throws AwsException, RegistryException;

    /** Opens a blob; length and digest are verified in flight, so that the end of wrong content is never reached. */
    InputStream open(Descriptor blob) throws AwsException, RegistryException;

    /**
     * Stores a manifest by digest; all that it names must be there.
     *
     * @return whether the repository did not have it before
     */
    boolean push(Manifest manifest) throws AwsException;

    /** Reads a manifest back by digest. */
    default Optional<Manifest> manifest(Digest digest) throws AwsException {
        return Optional.ofNullable(manifests(List.of(digest)).get(digest));
    }

    /** Reads several manifests back, all in one request; no entry for what is not there. */
    Map<Digest, Manifest> manifests(Collection<Digest> digests) throws AwsException;
}
