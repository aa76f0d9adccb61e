package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Two registries: the target, and another one that is asked about a base image right after its host was named. */
final class EmulatedBase implements EcrSource {
    private final EcrSource target;
    private final LocalEcr other;
    private final AtomicReference<Boolean> namedOther = new AtomicReference<>(false);

    EmulatedBase(EcrSource target, LocalEcr other) {
        this.target = target;
        this.other = other;
    }

    @Override
    public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        return namedOther.getAndSet(false)
                ? EcrClients.create(DeliveryFixture.settings(other), Clock.systemUTC())
                        .open(region, listener)
                : target.open(registry, region, listener);
    }

    @Override
    public boolean create(RepositoryName missing) {
        return target.create(missing);
    }

    @Override
    public boolean isEmulatedAt(String host) {
        boolean isOther = host.equals(other.registryHost());
        namedOther.set(isOther);
        return isOther;
    }
}
