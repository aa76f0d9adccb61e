package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.EcrClients.Outside;
import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.delivery.BaseImages;
import io.github.imagedelivery.ecr.delivery.Delivery;
import io.github.imagedelivery.ecr.delivery.Delivery.Workshop;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.DeliveryLog;
import io.github.imagedelivery.ecr.delivery.Diff;
import io.github.imagedelivery.ecr.delivery.EcrSource;
import io.github.imagedelivery.ecr.delivery.Inspection;
import io.github.imagedelivery.ecr.delivery.Pause;
import io.github.imagedelivery.ecr.delivery.Progress;
import io.github.imagedelivery.ecr.delivery.SharedBlobs;
import io.github.imagedelivery.ecr.delivery.Surroundings;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.registry.Registries;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
                + Parameters.isLocal(goal) + " " + new RoleParameters(goal).key() + " " + bases
                + (goal.session.isOffline() && !goal.publishes() ? " offline" : "");
        Map<String, Object> shared = goal.session.getRequest().getData();
        synchronized (shared) {
            if (!(shared.get(key) instanceof Wiring)) {
                GoalLog log = new GoalLog(goal.getLog());
                MisplacedKeys.warn(goal.session, log);
                JibProperties.warn(goal.session, log);
                shared.put(key, make(goal, bases));
            }
            return (Wiring) shared.get(key);
        }
    }

    /** Returns a delivery that speaks to the log and shows what it works on. */
    Delivery delivery(DeliveryLog log, Progress progress) {
        return new Delivery(workshop, surroundings, log, progress);
    }

    /** Returns an inspection that speaks to the log. */
    Inspection inspection(DeliveryLog log) {
        return new Inspection(workshop, surroundings, log);
    }

    /** Returns a comparison of images that speaks to the log and shows what it works on. */
    Diff diff(DeliveryLog log, Progress progress) {
        return new Diff(workshop, surroundings, log, progress);
    }

    /** Returns what finds base images. */
    BaseImages bases() {
        return workshop.bases();
    }

    private static Wiring make(LoginParameters goal, BaseParameters.Bases bases) throws DeliveryException {
        MavenSession session = goal.session;
        Surroundings surroundings = surroundings(session, Environment.of(session));
        Proxies proxies = SessionProxies.of(session, goal.decrypter, Environment.properties(session));
        Outside outside = new Outside(Announcements.of(session), proxies);
        SessionAws aws = new SessionAws(goal, surroundings, outside);
        SessionEcr ecr = Parameters.isLocal(goal) ? aws.embedded(SharedEcr.of(session)) : aws.amazon();
        EcrSource readers =
                bases.role().isPresent() ? ecr.readBy(aws.readers(bases.role().get())) : ecr;
        Registries registries = registries(session, proxies);
        RegistryLogins logins = SessionLogins.of(session, goal.decrypter, bases.logins(), outside.secrets());
        Workshop workshop = new Workshop(
                ecr,
                registries,
                new BaseImages(registries, readers, logins, bases.settings()),
                // Below the build's output: what is noted of layers goes with "mvn clean".
                ImageBuilder.jib(TopDirectory.of(session).resolve("target/ecr/layers"), ImageBuilder.layerWriter()));
        return new Wiring(workshop, surroundings);
    }

    private static Surroundings surroundings(MavenSession session, Map<String, String> environment) {
        Path top = session.getTopLevelProject().getBasedir().toPath();
        return new Surroundings(
                new ReadOnce(WorkingCopy.at(top, environment)),
                Pipeline.detect(environment),
                Pause.REAL,
                blobs(session));
    }

    /** Returns what modules of all class loaders know of each other's blobs, in types of the JDK. */
    @SuppressWarnings("unchecked")
    private static SharedBlobs blobs(MavenSession session) {
        Map<String, Object> shared = session.getRequest().getData();
        synchronized (shared) {
            return new SharedBlobs((Map<String, CompletableFuture<String>>)
                    shared.computeIfAbsent("ecr-maven-plugin.blobs", key -> new HashMap<>()));
        }
    }

    private static Registries registries(MavenSession session, Proxies proxies) {
        Registries network = Registries.create(Registries.Settings.DEFAULTS, proxies);
        return session.isOffline() ? Registries.offline(network) : network;
    }
}
