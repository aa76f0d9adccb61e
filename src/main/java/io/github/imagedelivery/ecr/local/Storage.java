package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where content is kept, by repository and digest; manifests are kept as blobs too. Safe for use by several threads.
 */
interface Storage extends AutoCloseable {
    /** Starts new content, not yet in any repository. */
    Pending begin() throws IOException;

    /** Puts finished content into a repository, all at once. */
    void keep(Pending content, String repository, Digest digest) throws IOException;

    /** Puts the content of one repository into another as well. */
    void link(Digest digest, String from, String to) throws IOException;

    boolean has(String repository, Digest digest);

    /** Returns the length in bytes. */
    long size(String repository, Digest digest) throws IOException;

    InputStream open(String repository, Digest digest) throws IOException;

    /** Removes the content if it is there. */
    void drop(String repository, Digest digest) throws IOException;

    /** Returns all that the repository has. */
    List<Digest> contents(String repository) throws IOException;

    /** Keeps the state of a repository in place of the one before. */
    void save(Snapshot snapshot) throws IOException;

    /** Returns what was saved before. */
    List<Snapshot> load() throws IOException;

    @Override
    void close() throws IOException;
}
