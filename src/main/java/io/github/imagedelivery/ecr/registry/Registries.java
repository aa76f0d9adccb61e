package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.net.URI;
import java.time.Duration;

/**
 * Opens repositories. One instance serves a whole Maven session: its connections are pooled, at most four to a host for
 * requests and uploads, and as many for open downloads.
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

    /** Returns registries spoken to by {@code java.net.http}, for one Maven session. */
    static Registries create(Settings settings) {
        return create(settings, Proxies.OF_THE_JVM);
    }

    /** Returns the same, by way of these proxies. */
    static Registries create(Settings settings, Proxies proxies) {
        return HttpRegistries.onTheNetwork(settings, proxies);
    }

    /**
     * Returns registries that ask none but those on this machine; any other refuses with
     * {@link RegistryException#OFFLINE}.
     */
    static Registries offline(Registries onThisMachine) {
        return new OfflineRegistries(onThisMachine);
    }

    /**
     * How patient and how persistent to be.
     *
     * @param idleTimeout a request is given up when no byte was sent or received for so long
     * @param deadline an operation, such as the push of one blob with all its tries, is given up after so long
     * @param tries how often a request that may pass is made at most
     * @param userAgent what the client calls itself
     */
    record Settings(Duration idleTimeout, Duration deadline, int tries, String userAgent) {
        /** 60 s idle, 15 min in all, 6 tries. */
        public static final Settings DEFAULTS =
                new Settings(Duration.ofSeconds(60), Duration.ofMinutes(15), 6, "ecr-maven-plugin");

        /** Checks the numbers; wrong ones are a mistake of the caller. */
        public Settings {
            if (idleTimeout.isNegative() || idleTimeout.isZero() || deadline.isNegative() || deadline.isZero()) {
                throw new IllegalArgumentException("a time limit must be longer than nothing");
            }
            if (tries < 1) {
                throw new IllegalArgumentException("at least one try is needed: " + tries);
            }
        }
    }
}
