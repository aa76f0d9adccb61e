package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.InputStream;
import java.util.Optional;

/** One repository of a registry, spoken to by the OCI distribution API. Safe for use by several threads. */
public interface Repository {
    /** How a blob came to be in the repository. */
    enum Arrival {
        /** Its bytes were sent. */
        UPLOADED,
        /** The registry took it from another repository of its own; no byte was sent. */
        MOUNTED,
        /** It was found there after an upload of doubtful outcome, or pushed by somebody else meanwhile. */
        PRESENT
    }

    /**
     * Reads a manifest or index ({@code GET /v2/<name>/manifests/<reference>}).
     *
     * @param reference a tag or a digest; content asked for by digest is verified against it
     * @throws RegistryException if the registry refuses, cannot be reached, or serves other content than was asked for
     */
    Manifest manifest(String reference) throws RegistryException;

    /**
     * Opens a blob ({@code GET /v2/<name>/blobs/<digest>}), following redirects without credentials. Length and digest
     * are verified in flight: the read that would have ended a wrong content throws an {@code IOException}.
     *
     * @throws RegistryException if the registry refuses or cannot be reached
     */
    InputStream open(Descriptor blob) throws RegistryException;

    /** Tells whether the repository has the blob ({@code HEAD /v2/<name>/blobs/<digest>}). */
    boolean has(Digest blob) throws RegistryException;

    /**
     * Brings a blob into the repository: {@code POST}, then one {@code PUT} with the whole body. Tried again in a fresh
     * upload session after a failure that may pass, with a {@code HEAD} first after every doubt.
     *
     * @param mountFrom a repository of the same registry that may have the blob; asked for a mount first, and where the
     *     registry opens an upload session instead (202) the upload goes on in that session
     * @throws RegistryException if the blob could not be pushed; nothing refers to it then
     */
    Arrival push(Blob blob, Optional<RepositoryName> mountFrom) throws RegistryException;
}
