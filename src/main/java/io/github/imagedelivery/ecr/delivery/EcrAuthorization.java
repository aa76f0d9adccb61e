package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Authorization;
import java.io.IOException;

/** Presents ECR's login to its data plane, and renews it once the data plane calls it expired. */
final class EcrAuthorization implements Authorization {
    private static final String SCHEME = "Basic ";

    private final Ecr ecr;
    private final RepositoryName repository;

    /**
     * Creates the authorization.
     *
     * @param repository what it is presented for
     */
    EcrAuthorization(Ecr ecr, RepositoryName repository) {
        this.ecr = ecr;
        this.repository = repository;
    }

    @Override
    public String header(String stale) throws IOException {
        try {
            ecr.willRead(repository);
            return SCHEME + (stale.isEmpty() ? ecr.login() : ecr.renew(stale.substring(SCHEME.length()))).token();
        } catch (AwsException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
