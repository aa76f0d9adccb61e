package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ECR API of one registry: what its images are and what they are called. Safe for use by several threads. Each
 * method is one request, unless it says otherwise; reads are tried again where that may help, {@link #putImage} and
 * {@link #deleteTag} are not, since the caller must know their outcome.
 */
public interface Ecr {
    /** What a {@code PutImage} did. */
    enum Put {
        /** The image or the tag is new, or the tag was moved. */
        WRITTEN,
        /**
         * ECR says that this digest is there under this tag (or untagged) already
         * ({@code ImageAlreadyExistsException}).
         */
        ALREADY_THERE
    }

    /**
     * Returns the same registry for who reads images and nothing else: where a role is assumed, its session need not
     * cover any write.
     */
    Ecr toRead();

    /**
     * Describes a repository ({@code DescribeRepositories}).
     *
     * @throws AwsException with code {@code RepositoryNotFoundException} if it is not there
     */
    RepositoryDescription describe(RepositoryName repository) throws AwsException;

    /** Returns the repositories as such. */
    Repositories repositories();

    /** Reads the images that the tags point at ({@code BatchGetImage}, all in one request); no entry for a free tag. */
    Map<Tag, Manifest> images(RepositoryName repository, Collection<Tag> tags) throws AwsException;

    /** Reads an image by digest ({@code BatchGetImage}). */
    Optional<Manifest> image(RepositoryName repository, Digest digest) throws AwsException;

    /**
     * Reads images by digest ({@code BatchGetImage}, one request for each 100); no entry for what is not there.
     */
    Map<Digest, Manifest> imagesByDigest(RepositoryName repository, Collection<Digest> digests) throws AwsException;

    /**
     * Tells which of the blobs the repository has ({@code BatchCheckLayerAvailability}, one request for each 100).
     *
     * @return the available ones; empty if this control plane does not know the operation, as emulators do not
     */
    Optional<Set<Digest>> available(RepositoryName repository, Collection<Digest> blobs) throws AwsException;

    /** Returns every tag of an image ({@code DescribeImages}); none if it is not there. */
    Set<Tag> tagsOf(RepositoryName repository, Digest digest) throws AwsException;

    /** Stores a manifest by digest, without a tag ({@code PutImage}). */
    Put putImage(RepositoryName repository, Manifest manifest) throws AwsException;

    /** Points a tag at an image ({@code PutImage} with {@code imageTag}). */
    Put putImage(RepositoryName repository, Manifest manifest, Tag tag) throws AwsException;

    /**
     * Removes a tag if it still points at the digest ({@code BatchDeleteImage} with tag and digest).
     *
     * @return false if the tag is gone or points elsewhere
     */
    boolean deleteTag(RepositoryName repository, Tag tag, Digest digest) throws AwsException;

    /**
     * Says that a repository will be read on the data plane; a login got before need not cover it. Asks nothing but,
     * where a role is assumed for the repositories of a build, perhaps for a session that covers this one too.
     */
    void willRead(RepositoryName repository) throws AwsException;

    /**
     * Logs in to the data plane ({@code GetAuthorizationToken}); a login in hand is given again until half of its life.
     */
    Login login() throws AwsException;

    /**
     * Returns scheme, host and port of the registry's data plane ({@code /v2}): the host that was configured; the
     * {@code proxyEndpoint} of the login where none was, or where the API is not at Amazon's own address.
     */
    URI dataPlane() throws AwsException;

    /**
     * Returns the host that images of this registry are named by: the one that ECR gives the configured registry. Of the
     * caller's own it is known once an image was read, and asked with the login before, or where the API is not at
     * Amazon's own address.
     */
    String host() throws AwsException;

    /**
     * Logs in anew, unless another thread has done so since the stale login was given.
     *
     * @param stale the token that the registry refused
     */
    Login renew(String stale) throws AwsException;
}
