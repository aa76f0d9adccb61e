package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Optional;

/**
 * A repository that the session of a role is for.
 *
 * @param registry its registry; empty for that of the role's account, in the region that is asked
 * @param written whether images are pushed to it, rather than only read
 */
public record SessionTarget(Optional<EcrHost> registry, RepositoryName repository, boolean written) {
    /** Returns the repository's ARN. */
    String arn(RoleArn role, String region) {
        return "arn:" + registry.map(EcrHost::partition).orElse(role.partition()) + ":ecr:"
                + registry.map(EcrHost::region).orElse(region) + ":"
                + registry.map(EcrHost::account).orElse(role.account()) + ":repository/" + repository;
    }
}
