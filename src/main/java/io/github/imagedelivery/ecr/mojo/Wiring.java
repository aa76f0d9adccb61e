package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.BaseImages;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.Delivery.Surroundings;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.DeliveryLog;
import io.github.imagedelivery.ecr.delivery.Pause;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.SecretListener;
import io.github.imagedelivery.ecr.registry.Registries;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Makes the parts of a delivery and puts them together. All modules of a session share one: AWS clients, connections,
 * base images and the working copy are asked for once.
 *
 * <p>Modules whose plugin has other dependencies run in another class loader and get a wiring of their own, since no
 * class of this plugin can be shared between class loaders.
 */
final class Wiring {
    private final Workshop workshop;
    private final Surroundings surroundings;

    private Wiring(Workshop workshop, Surroundings surroundings) {
        this.workshop = workshop;
        this.surroundings = surroundings;
    }

    /**
     * What a module wants of it.
     *
     * @param local whether the embedded ECR is meant
     * @param cache directory for manifests and configs of base images
     * @param logins where logins to registries other than ECR are looked for
     */
    record Wish(boolean local, Path cache, SessionLogins.Where logins) {}

    /** Returns the session's wiring; makes it where there is none yet. */
    static Wiring of(MavenSession session, SettingsDecrypter decrypter, Wish wish) throws DeliveryException {
        String key = Wiring.class.getName() + "@" + System.identityHashCode(Wiring.class.getClassLoader()) + " " + wish;
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            if (!(shared.get(key) instanceof Wiring)) {
                shared.put(key, make(session, decrypter, wish));
            }
            return (Wiring) shared.get(key);
        }
    }

    /** Returns a delivery that speaks to the log. */
    Delivery delivery(DeliveryLog log) {
        return new Delivery(workshop, surroundings, log);
    }

    private static Wiring make(MavenSession session, SettingsDecrypter decrypter, Wish wish) throws DeliveryException {
        Map<String, String> environment = Environment.of(session);
        Proxies proxies = SessionProxies.of(session, decrypter, properties(session));
        Optional<SharedEcr> embedded = wish.local ? Optional.of(SharedEcr.of(session)) : Optional.empty();
        AwsSettings given = settings(properties(session), environment);
        AwsSettings settings = embedded.isPresent() ? settings(embedded.get()) : given;
        requireNetwork(session, settings);
        EcrClients clients = clients(session, settings, proxies);
        EcrClients amazon = embedded.isPresent() ? clients(session, given, proxies) : clients;
        SessionEcr ecr = new SessionEcr(clients, settings.ecrEndpoint(), embedded, amazon);
        Registries network = Registries.create(Registries.Settings.DEFAULTS, proxies);
        Registries registries = session.isOffline() ? Registries.offline(network) : network;
        Workshop workshop = new Workshop(
                ecr,
                registries,
                new BaseImages(registries, ecr, SessionLogins.of(session, decrypter, wish.logins), wish.cache),
                // Jib takes a file of the same path and time for unchanged: its cache must not outlive "mvn clean".
                ImageBuilder.jib(TopDirectory.of(session).resolve("target/ecr/layers"), ImageBuilder.layerWriter()));
        return new Wiring(
                workshop,
                new Surroundings(
                        new ReadOnce(WorkingCopy.at(
                                session.getTopLevelProject().getBasedir().toPath(), environment)),
                        Pipeline.detect(environment),
                        Pause.REAL));
    }

    private static EcrClients clients(MavenSession session, AwsSettings settings, Proxies proxies) {
        EcrClients clients =
                EcrClients.create(settings, Clock.systemUTC(), new EcrClients.Outside(SecretListener.NONE, proxies));
        SessionEnd.close(session, clients);
        return clients;
    }

    private static AwsSettings settings(SharedEcr embedded) {
        return new AwsSettings(
                Optional.of(embedded.variable("AWS_REGION")),
                Optional.of(new AwsKeys(
                        embedded.variable("AWS_ACCESS_KEY_ID"),
                        embedded.variable("AWS_SECRET_ACCESS_KEY"),
                        Optional.empty())),
                Optional.of(embedded.endpoint()));
    }

    private static AwsSettings settings(Map<String, String> properties, Map<String, String> environment)
            throws DeliveryException {
        try {
            return AwsSettings.of(properties, environment);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "The AWS settings of this build cannot be used",
                    e,
                    "correct the property or variable; plain http is allowed to loopback addresses alone");
        }
    }

    private static Map<String, String> properties(MavenSession session) {
        Map<String, String> merged = Environment.entries(session.getSystemProperties());
        merged.putAll(Environment.entries(session.getUserProperties()));
        return merged;
    }

    private static void requireNetwork(MavenSession session, AwsSettings settings) throws DeliveryException {
        boolean loopback = settings.ecrEndpoint()
                .map(URI::getScheme)
                .filter("http"::equals)
                .isPresent();
        if (session.isOffline() && !loopback) {
            throw DeliveryException.ofUser(
                    "Maven is offline, and an image cannot be published without a network; nothing was sent",
                    "the build was started with -o or <offline>",
                    "run without -o, or publish to the embedded ECR with -Decr.registry=local");
        }
    }
}
