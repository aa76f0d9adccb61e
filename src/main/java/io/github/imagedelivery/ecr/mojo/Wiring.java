package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.ci.Announcer;
import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import io.github.imagedelivery.ecr.delivery.BaseImages;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.Delivery.Surroundings;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.DeliveryLog;
import io.github.imagedelivery.ecr.delivery.Inspection;
import io.github.imagedelivery.ecr.delivery.Pause;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.SecretListener;
import io.github.imagedelivery.ecr.registry.Registries;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;

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
     * Returns the session's wiring; makes it where there is none yet.
     *
     * @param goal says which registry is meant, and as whom it is asked
     * @param cache directory for manifests and configs of base images
     */
    static Wiring of(LoginParameters goal, Path cache) throws DeliveryException {
        String key = Wiring.class.getName() + "@" + System.identityHashCode(Wiring.class.getClassLoader()) + " "
                + isLocal(goal) + " " + new RoleParameters(goal).key() + " " + cache;
        Map<String, Object> shared = goal.session.getRequest().getData();
        synchronized (shared) {
            if (!(shared.get(key) instanceof Wiring)) {
                shared.put(key, make(goal, cache));
            }
            return (Wiring) shared.get(key);
        }
    }

    private static boolean isLocal(LoginParameters goal) {
        return Parameters.text(goal.registry).filter(Parameters.LOCAL::equals).isPresent();
    }

    /** Returns a delivery that speaks to the log. */
    Delivery delivery(DeliveryLog log) {
        return new Delivery(workshop, surroundings, log);
    }

    /** Returns an inspection that speaks to the log. */
    Inspection inspection(DeliveryLog log) {
        return new Inspection(workshop, surroundings, log);
    }

    private static Wiring make(LoginParameters goal, Path cache) throws DeliveryException {
        MavenSession session = goal.session;
        Map<String, String> environment = Environment.of(session);
        Surroundings surroundings = new Surroundings(
                new ReadOnce(
                        WorkingCopy.at(session.getTopLevelProject().getBasedir().toPath(), environment)),
                Pipeline.detect(environment),
                Pause.REAL);
        Optional<SharedEcr> embedded = isLocal(goal) ? Optional.of(SharedEcr.of(session)) : Optional.empty();
        AwsSettings given = settings(properties(session), environment).withListener(new LoginLog(goal.getLog()));
        AwsSettings settings = embedded.isPresent() ? settings(embedded.get()) : withRole(given, goal, surroundings);
        requireNetwork(session, settings);
        Announcer announcer = Announcements.of(session);
        EcrClients clients = clients(session, settings, embedded.isPresent() ? SecretListener.NONE : announcer);
        EcrClients amazon = embedded.isPresent() ? clients(session, given, announcer) : clients;
        SessionEcr ecr = new SessionEcr(clients, settings.ecrEndpoint(), embedded, amazon);
        Registries registries = Registries.create(Registries.Settings.DEFAULTS);
        Workshop workshop = new Workshop(
                ecr,
                registries,
                new BaseImages(registries, ecr, cache),
                // Jib takes a file of the same path and time for unchanged: its cache must not outlive "mvn clean".
                ImageBuilder.jib(TopDirectory.of(session).resolve("target/ecr/layers"), ImageBuilder.layerWriter()));
        return new Wiring(workshop, surroundings);
    }

    private static AwsSettings withRole(AwsSettings settings, LoginParameters goal, Surroundings surroundings)
            throws DeliveryException {
        Map<String, String> environment = Environment.of(goal.session);
        boolean hasKeys = settings.keys().isPresent() || environment.containsKey("AWS_ACCESS_KEY_ID");
        Optional<RoleSettings> role = new RoleParameters(goal)
                .role(new RoleParameters.Circumstances(
                        environment,
                        hasKeys,
                        () -> sessionName(surroundings),
                        () -> PolicyTargets.of(
                                goal.session,
                                goal.execution,
                                settings.ecrEndpoint().map(URI::getAuthority))));
        return role.map(settings::withRole).orElse(settings);
    }

    /** Leads from AWS's logs to the commit and the run. */
    private static String sessionName(Surroundings surroundings) {
        return RoleSettings.sessionName(
                revision(surroundings.workingCopy())
                        .map(sha -> sha.substring(0, 12))
                        .orElse(""),
                surroundings.pipeline().flatMap(pipeline -> pipeline.run().id()).orElse(""));
    }

    private static Optional<String> revision(WorkingCopy workingCopy) {
        try {
            return workingCopy.revision().map(Revision::sha);
        } catch (WorkingCopyException e) {
            return Optional.empty(); // the coordinates need it more, and say so
        }
    }

    private static EcrClients clients(MavenSession session, AwsSettings settings, SecretListener secrets) {
        EcrClients clients = EcrClients.create(settings, Clock.systemUTC(), secrets);
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
