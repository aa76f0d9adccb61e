package io.github.imagedelivery.ecr;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.SecretListener;
import io.github.imagedelivery.ecr.oci.Tag;
import io.github.imagedelivery.ecr.registry.Authorization;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A program that asks both planes once, at hosts that do not exist. */
final class BothPlanes {
    private static final RepositoryName ORDERS = new RepositoryName("orders");

    private BothPlanes() {}

    /**
     * Asks the hosts: first that of the control plane, second that of the data plane. Further arguments are the port of
     * a proxy on loopback, user and password for it.
     */
    public static void main(String[] hosts) {
        Proxies proxies = hosts.length > 2 ? proxies(hosts) : Proxies.OF_THE_JVM;
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-west-1"),
                Optional.of(new AwsKeys("AKIDEXAMPLE", "secret", Optional.empty())),
                Optional.of(URI.create("https://" + hosts[0])));
        try (EcrClients clients =
                EcrClients.create(settings, Clock.systemUTC(), new EcrClients.Outside(SecretListener.NONE, proxies))) {
            clients.open(Optional.empty(), Exchange.Listener.NONE)
                    .deleteTag(ORDERS, new Tag("1"), Digest.of(new byte[0]));
        } catch (AwsException e) {
            System.out.println("control plane failed: " + e.getMessage());
        }
        try {
            Registries.create(
                            new Registries.Settings(Duration.ofSeconds(20), Duration.ofSeconds(20), 1, "test"), proxies)
                    .open(URI.create("https://" + hosts[1]), ORDERS, Authorization.ANONYMOUS, Exchange.Listener.NONE)
                    .manifest("1");
        } catch (RegistryException e) {
            System.out.println("data plane failed: " + e.getMessage());
        }
    }

    private static Proxies proxies(String... arguments) {
        Proxies.Way way = new Proxies.Way(
                new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved("127.0.0.1", Integer.parseInt(arguments[2]))),
                Optional.of(new PasswordAuthentication(arguments[3], arguments[4].toCharArray())));
        return uri -> way;
    }
}
