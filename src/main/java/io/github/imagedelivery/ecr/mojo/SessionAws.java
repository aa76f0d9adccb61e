package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.EcrClients.Outside;
import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.aws.SessionTarget;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import io.github.imagedelivery.ecr.ci.WorkingCopyException;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Surroundings;
import io.github.imagedelivery.ecr.mojo.RoleParameters.Circumstances;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * As whom, and where, a session speaks to AWS: the settings of the build, the roles that it assumes, and clients for each.
 */
final class SessionAws {
    private final LoginParameters goal;
    private final Surroundings surroundings;
    private final Outside outside;
    private final AwsSettings given;

    /**
     * Reads the settings.
     *
     * @param goal says as whom AWS is asked
     * @param surroundings name the sessions of roles
     */
    SessionAws(LoginParameters goal, Surroundings surroundings, Outside outside) throws DeliveryException {
        this.goal = goal;
        this.surroundings = surroundings;
        this.outside = outside;
        this.given = settings(Environment.properties(goal.session), Environment.of(goal.session))
                .withListener(new LoginLog(goal.getLog()));
    }

    /** Returns ECR as the build's own identity, or the role that it is to assume, sees it. */
    SessionEcr amazon() throws DeliveryException {
        AwsSettings settings = withRole(given);
        requireNetwork(settings);
        EcrClients clients = clients(settings, outside);
        return new SessionEcr(
                clients, settings.ecrEndpoint(), Optional.empty(), clients, this::pushed, callers(settings));
    }

    /** Returns the embedded ECR, beside which bases may come from Amazon's; its secrets are none. */
    SessionEcr embedded(SharedEcr shared) throws DeliveryException {
        AwsSettings settings = settings(shared);
        requireNetwork(settings);
        EcrClients clients = clients(settings, new Outside(SecretListener.NONE, outside.proxies()));
        return new SessionEcr(
                clients,
                settings.ecrEndpoint(),
                Optional.of(shared),
                clients(given, outside),
                List::of,
                Optional.empty());
    }

    /** Returns clients that read bases as a role of their own; the repositories of the bases come up one by one. */
    EcrClients readers(RoleArn role) throws DeliveryException {
        return clients(
                given.withRole(new RoleParameters(goal).reader(role, circumstances(PolicyTargets::bases))), outside);
    }

    private AwsSettings withRole(AwsSettings settings) throws DeliveryException {
        return new RoleParameters(goal)
                .role(circumstances(PolicyTargets::all))
                .map(settings::withRole)
                .orElse(settings);
    }

    private Circumstances circumstances(Function<PolicyTargets, List<SessionTarget>> targets) {
        Map<String, String> environment = Environment.of(goal.session);
        return new Circumstances(
                environment, given.keys().isPresent(), this::sessionName, targets(targets), outside.proxies());
    }

    /** None where there is one module, which need not look for others. */
    private List<SessionTarget> pushed() {
        return goal.session.getProjects().size() == 1
                ? List.of()
                : targets(PolicyTargets::pushed).get();
    }

    private Supplier<List<SessionTarget>> targets(Function<PolicyTargets, List<SessionTarget>> which) {
        return () -> which.apply(new PolicyTargets(
                goal.session, goal.execution, given.ecrEndpoint().map(URI::getAuthority)));
    }

    /** Leads from AWS's logs to the commit and the run. */
    private String sessionName() {
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

    private EcrClients clients(AwsSettings settings, Outside around) {
        EcrClients clients = EcrClients.create(settings, Clock.systemUTC(), around);
        SessionEnd.close(goal.session, clients);
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

    /** A role's session says by itself whose it is, and an emulator's keys are nobody's. */
    private Optional<CallerLog> callers(AwsSettings settings) {
        return settings.role().isPresent() || isHere(settings)
                ? Optional.empty()
                : Optional.of(new CallerLog(
                        goal.session.getRequest().getData(), new LoginLog(goal.getLog()), CallerLog.PATIENCE));
    }

    /** Plain http is allowed to this machine alone. */
    private static boolean isHere(AwsSettings settings) {
        return settings.ecrEndpoint().map(URI::getScheme).filter("http"::equals).isPresent();
    }

    private void requireNetwork(AwsSettings settings) throws DeliveryException {
        if (goal.session.isOffline() && goal.publishes() && !isHere(settings)) {
            throw DeliveryException.ofUser(
                    "Maven is offline, and an image cannot be published without a network; nothing was sent",
                    "the build was started with -o or <offline>",
                    "run without -o, or publish to the embedded ECR with -Decr.registry=local");
        }
    }
}
