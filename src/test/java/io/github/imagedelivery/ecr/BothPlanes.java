package io.github.imagedelivery.ecr;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.registry.Authorization;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A program that asks both planes once, at hosts that do not exist. */
final class BothPlanes {
    private static final RepositoryName ORDERS = new RepositoryName("orders");

    private BothPlanes() {}

    /** Asks the hosts: first that of the control plane, second that of the data plane. */
    public static void main(String[] hosts) {
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-west-1"),
                Optional.of(new AwsKeys("AKIDEXAMPLE", "secret", Optional.empty())),
                Optional.of(URI.create("https://" + hosts[0])));
        try (EcrClients clients = EcrClients.create(settings, Clock.systemUTC())) {
            clients.open(Optional.empty(), Exchange.Listener.NONE)
                    .deleteTag(ORDERS, new Tag("1"), Digest.of(new byte[0]));
        } catch (AwsException e) {
            System.out.println("control plane failed: " + e.getMessage());
        }
        try {
            Registries.create(new Registries.Settings(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, "test"))
                    .open(URI.create("https://" + hosts[1]), ORDERS, Authorization.ANONYMOUS, Exchange.Listener.NONE)
                    .has(Digest.of(new byte[0]));
        } catch (RegistryException e) {
            System.out.println("data plane failed: " + e.getMessage());
        }
    }
}
