package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Caller;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.util.Optional;

/** Passes every question on to another source; who extends it answers some of them otherwise. */
class PassingSource implements EcrSource {
    private final EcrSource source;

    PassingSource(EcrSource source) {
        this.source = source;
    }

    @Override
    public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        return source.open(registry, region, listener);
    }

    @Override
    public Optional<Caller> caller(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        return source.caller(registry, region, listener);
    }

    @Override
    public boolean create(RepositoryName missing) {
        return source.create(missing);
    }

    @Override
    public boolean isEmulatedAt(String host) {
        return source.isEmulatedAt(host);
    }
}
