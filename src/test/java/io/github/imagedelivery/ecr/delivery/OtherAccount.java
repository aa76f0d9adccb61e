package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrHost;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Clock;
import java.util.Optional;

/** Two registries: the target, and that of another account, which is named by its host. */
final class OtherAccount extends PassingSource implements AutoCloseable {
    static final String ID = "210987654321";
    static final String HOST = ID + ".dkr.ecr.eu-central-1.amazonaws.com";

    private final EcrClients others;

    OtherAccount(EcrSource target, LocalEcr other) {
        this(target, EcrClients.create(DeliveryFixture.settings(other), Clock.systemUTC()));
    }

    OtherAccount(EcrSource target, EcrClients others) {
        super(target);
        this.others = others;
    }

    @Override
    public Ecr open(Optional<EcrHost> registry, Optional<String> region, Exchange.Listener listener)
            throws AwsException {
        Optional<EcrHost> other = registry.filter(host -> host.account().equals(ID));
        return other.isPresent() ? others.open(other.get(), listener) : super.open(registry, region, listener);
    }

    @Override
    public void close() {
        others.close();
    }
}
