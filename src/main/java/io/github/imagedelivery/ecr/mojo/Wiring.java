package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrClients.Outside;
import io.github.imagedelivery.ecr.aws.RoleSettings;
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
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.mojo.RoleParameters.Circumstances;
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
     */
    static Wiring of(LoginParameters goal, BaseParameters.Bases bases) throws DeliveryException {
        String key = Wiring.class.getName() + "@" + System.identityHashCode(Wiring.class.getClassLoader()) + " "
                + isLocal(goal) + " " + new RoleParameters(goal).key() + " " + bases;
        Map<String, Object> shared = goal.session.getRequest().getData();
        synchronized (shared) {
            if (!(shared.get(key) instanceof Wiring)) {
                MisplacedKeys.warn(goal.session, goal.getLog());
                shared.put(key, make(goal, bases));
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

    private static Wiring make(LoginParameters goal, BaseParameters.Bases bases) throws DeliveryException {
        MavenSession session = goal.session;
        Map<String, String> environment = Environment.of(session);
        Surroundings surroundings = surroundings(session, environment);
        Optional<SharedEcr> embedded = isLocal(goal) ? Optional.of(SharedEcr.of(session)) : Optional.empty();
        AwsSettings given = settings(properties(session), environment).withListener(new LoginLog(goal.getLog()));
        Proxies proxies = SessionProxies.of(session, goal.decrypter, properties(session));
        Circumstances circumstances = circumstances(goal, given, surroundings, proxies);
        AwsSettings settings = embedded.isPresent() ? settings(embedded.get()) : withRole(given, goal, circumstances);
        requireNetwork(session, settings);
        Outside outside = new Outside(Announcements.of(session), proxies);
        Outside quiet = embedded.isPresent() ? new Outside(SecretListener.NONE, proxies) : outside;
        EcrClients clients = clients(session, settings, quiet);
        EcrClients amazon = embedded.isPresent() ? clients(session, given, outside) : clients;
        Optional<EcrClients> readers =
                reader(given, goal, bases, circumstances).map(reader -> clients(session, reader, outside));
        SessionEcr ecr = new SessionEcr(clients, settings.ecrEndpoint(), embedded, amazon, callers(goal, settings));
        Registries registries = registries(session, proxies);
        RegistryLogins logins = SessionLogins.of(session, goal.decrypter, bases.logins(), outside.secrets());
        Workshop workshop = new Workshop(
                ecr,
                registries,
                new BaseImages(registries, readers.map(ecr::readBy).orElse(ecr), logins, bases.cache()),
                // Jib takes a file of the same path and time for unchanged: its cache must not outlive "mvn clean".
                ImageBuilder.jib(TopDirectory.of(session).resolve("target/ecr/layers"), ImageBuilder.layerWriter()));
        return new Wiring(workshop, surroundings);
    }

    private static Surroundings surroundings(MavenSession session, Map<String, String> environment) {
        Path top = session.getTopLevelProject().getBasedir().toPath();
        return new Surroundings(
                new ReadOnce(WorkingCopy.at(top, environment)), Pipeline.detect(environment), Pause.REAL);
    }

    private static Registries registries(MavenSession session, Proxies proxies) {
        Registries network = Registries.create(Registries.Settings.DEFAULTS, proxies);
        return session.isOffline() ? Registries.offline(network) : network;
    }

    private static AwsSettings withRole(AwsSettings settings, LoginParameters goal, Circumstances circumstances)
            throws DeliveryException {
        return new RoleParameters(goal)
                .role(circumstances)
                .map(settings::withRole)
                .orElse(settings);
    }

    /** Returns the settings of whoever reads the bases, if that is somebody else. */
    private static Optional<AwsSettings> reader(
            AwsSettings settings, LoginParameters goal, BaseParameters.Bases bases, Circumstances circumstances)
            throws DeliveryException {
        return bases.role().isEmpty()
                ? Optional.empty()
                : Optional.of(settings.withRole(
                        new RoleParameters(goal).reader(bases.role().get(), circumstances)));
    }

    private static Circumstances circumstances(
            LoginParameters goal, AwsSettings settings, Surroundings surroundings, Proxies proxies) {
        Map<String, String> environment = Environment.of(goal.session);
        return new Circumstances(
                environment,
                settings.keys().isPresent(),
                () -> sessionName(surroundings),
                () -> PolicyTargets.of(
                        goal.session, goal.execution, settings.ecrEndpoint().map(URI::getAuthority)),
                proxies);
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

    private static EcrClients clients(MavenSession session, AwsSettings settings, Outside outside) {
        EcrClients clients = EcrClients.create(settings, Clock.systemUTC(), outside);
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

    /** A role's session says by itself whose it is, and an emulator's keys are nobody's. */
    private static Optional<CallerLog> callers(LoginParameters goal, AwsSettings settings) {
        Map<String, Object> shared = goal.session.getRequest().getData();
        return settings.role().isPresent() || isHere(settings)
                ? Optional.empty()
                : Optional.of(new CallerLog(shared, goal.getLog(), CallerLog.PATIENCE));
    }

    /** Plain http is allowed to this machine alone. */
    private static boolean isHere(AwsSettings settings) {
        return settings.ecrEndpoint().map(URI::getScheme).filter("http"::equals).isPresent();
    }

    private static void requireNetwork(MavenSession session, AwsSettings settings) throws DeliveryException {
        if (session.isOffline() && !isHere(settings)) {
            throw DeliveryException.ofUser(
                    "Maven is offline, and an image cannot be published without a network; nothing was sent",
                    "the build was started with -o or <offline>",
                    "run without -o, or publish to the embedded ECR with -Decr.registry=local");
        }
    }
}
