package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.URI;

/**
 * Opens repositories. One instance serves a whole Maven session: its connections are pooled, at most four to a host.
 */
public interface Registries {
    /**
     * Returns the repository.
     *
     * @param endpoint scheme, host and port of the registry; {@code http} is allowed for loopback addresses alone
     * @param name the repository
     * @param authorization what to send to the endpoint's host
     * @param listener is told of each request
     * @throws RegistryException if the endpoint is not allowed
     */
    Repository open(URI endpoint, RepositoryName name, Authorization authorization, Exchange.Listener listener)
            throws RegistryException;
}
