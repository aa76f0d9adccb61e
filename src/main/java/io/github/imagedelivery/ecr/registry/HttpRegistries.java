package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Registries spoken to by {@code java.net.http}: one client, one retry budget and one token cache for all of them. */
final class HttpRegistries implements Registries {
    private final Settings settings;
    private final Time time;
    private final Reach.Resolver resolver;
    private final HttpTransport transport;
    private final RetryPolicy retries;
    private final TokenCache tokens;

    /**
     * Creates the registries.
     *
     * @param random gives numbers from 0 inclusive to 1 exclusive
     */
    HttpRegistries(Settings settings, Time time, DoubleSupplier random, Ways ways) {
        this.settings = settings;
        this.time = time;
        this.resolver = ways.resolver;
        this.transport = new HttpTransport(settings.userAgent(), time, ways.proxies);
        this.retries = new RetryPolicy(settings.tries(), time, random);
        this.tokens = new TokenCache(time);
    }

    /** How a host is found, and which proxy leads there. */
    record Ways(Reach.Resolver resolver, Proxies proxies) {
        static final Ways OF_THE_JVM = new Ways(InetAddress::getAllByName, Proxies.OF_THE_JVM);
    }

    /** Returns registries with the machine's clock, chance and resolver. */
    static Registries onTheNetwork(Settings settings, Proxies proxies) {
        return new HttpRegistries(
                settings,
                Time.SYSTEM,
                () -> ThreadLocalRandom.current().nextDouble(),
                new Ways(InetAddress::getAllByName, proxies));
    }

    @Override
    public Repository open(URI endpoint, RepositoryName name, Authorization authorization, Exchange.Listener listener)
            throws RegistryException {
        try {
            Endpoint checked = Endpoint.of(endpoint, resolver);
            Exchanges exchanges = new Exchanges(transport, listener, time);
            TokenService service = new TokenService(exchanges, checked);
            Credentials credentials = new Credentials(
                    authorization, service, tokens, checked.uri().getRawAuthority() + "/" + name);
            Conversation conversation = new Conversation(checked, exchanges, credentials);
            return new HttpRepository(
                    name,
                    new HttpRepository.Parts(checked, conversation, retries, () -> new Operation(time, settings)));
        } catch (FormatException e) {
            throw new RegistryException(e.getMessage(), e);
        }
    }
}
