package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.Collection;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Whose credentials requests are signed with. Sessions are begun between requests and not within them, so that each has
 * the time and the refusals of its own.
 */
interface Signer extends AwsCredentialsProvider, SdkAutoCloseable {
    /**
     * What the credentials are needed for.
     *
     * @param targets the repositories; none for what concerns none
     * @param listener is told of each request that is made to get them
     */
    record Purpose(Site site, Collection<SessionTarget> targets, Exchange.Listener listener) {}

    /**
     * Sees to it that the credentials last for a request and cover its repositories.
     *
     * @return what tells these credentials from later ones
     */
    int prepare(Purpose purpose) throws AwsException;

    /**
     * Gets new credentials in place of expired ones, unless another thread has done so.
     *
     * @param expired what {@link #prepare} has returned
     * @return false if these credentials are not got here, so that there are no others
     */
    boolean replace(int expired, Purpose purpose) throws AwsException;

    /** Returns who the credentials are for, where whoever gave them has said so. */
    Optional<Caller> caller();

    /** Returns what changes when the credentials cover more than before: a login got earlier does not. */
    int scope();
}
