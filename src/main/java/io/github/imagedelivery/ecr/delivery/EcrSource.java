package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Opens registries of ECR with the session's credentials. */
public interface EcrSource {
    /**
     * Returns the API of a registry.
     *
     * @param registry its host; empty for the caller's own registry
     * @param region region of the caller's own registry; empty for the one that is configured for the SDK
     * @param listener is told of each request
     */
    Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener) throws AwsException;

    /**
     * Asks AWS who the build is.
     *
     * @param registry as for {@link #open}
     * @param region as for {@link #open}
     * @param listener is told of each request
     */
    Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException;

    /**
     * Creates a repository that was found missing, where that is wanted: in the embedded ECR.
     *
     * @return whether it was created
     */
    boolean create(RepositoryName missing);

    /** Tells whether {@link #create} creates what is missing. */
    default boolean createsMissing() {
        return false;
    }

    /**
     * Returns the repositories of the registry that this build will ask for, as far as its configuration tells now; none
     * where they are created as they come up.
     *
     * @param registry as for {@link #open}
     */
    default Collection<RepositoryName> expected(Optional<EcrHost> registry) {
        return List.of();
    }

    /** Tells whether a registry host is that of an emulator which stands in for ECR, and so takes ECR's login. */
    boolean isEmulatedAt(String host);

    /**
     * Fetches a login to a registry that AWS gives logins to and that can be read as nobody, too: ECR Public.
     *
     * @param host the registry's host
     * @param listener is told of each request
     * @return empty for any other registry, as for all of them by default
     */
    default Optional<RegistryLogin> publicLogin(String host, Exchange.Listener listener) throws AwsException {
        return Optional.empty();
    }
}
