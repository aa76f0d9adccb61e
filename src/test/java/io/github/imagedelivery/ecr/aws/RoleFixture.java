package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.aws.EcrClients.Patience;
import io.github.imagedelivery.ecr.ci.IdentityException;
import io.github.imagedelivery.ecr.ci.IdentitySettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.IdentityToken;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.LocalEcrBuilder;
import io.github.imagedelivery.ecr.local.MovableClock;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A job of GitHub Actions that assumes a role to speak to an embedded ECR, on a clock that stands, with pauses that are
 * noted instead of made.
 */
final class RoleFixture implements AutoCloseable {
    static final RepositoryName ORDERS = new RepositoryName("orders");
    static final RepositoryName BILLING = new RepositoryName("billing");
    static final String ROLE = "arn:aws:iam::123456789012:role/ci/delivery";

    final LocalEcr server;
    final List<Long> pauses = new ArrayList<>();
    final List<String> secrets = new ArrayList<>();
    final List<IdentityListener.Session> sessions = new ArrayList<>();
    final List<String> retries = new ArrayList<>();
    final List<SessionTarget> targets = new ArrayList<>();
    final List<String> kept = new ArrayList<>();
    Proxies proxies = Proxies.OF_THE_JVM;
    URI sts;
    private final MovableClock clock;
    private final List<EcrClients> clients = new ArrayList<>();

    private RoleFixture(LocalEcr server, MovableClock clock) {
        this.server = server;
        this.sts = server.endpoint();
        this.clock = clock;
    }

    /** Starts a server that has the repositories {@code orders} and {@code billing}. */
    static RoleFixture start(UnaryOperator<LocalEcrBuilder> settings) {
        try {
            MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
            LocalEcr server = settings.apply(LocalEcr.builder().clock(clock)).start();
            server.createRepository("orders");
            server.createRepository("billing");
            return new RoleFixture(server, clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void pass(Duration time) {
        clock.move(time);
    }

    /** Returns the token of the embedded CI system, for the audience. */
    IdentitySource gitHub(String audience) {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment.put("GITHUB_ACTIONS", "true");
        try {
            return IdentitySource.detect(
                            environment, new IdentitySettings(audience, Optional.empty(), Optional.empty()))
                    .orElseThrow();
        } catch (IdentityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives one token and then the same again, as a variable of a job does. */
    record Once(IdentityToken token) implements IdentitySource {
        static Once of(IdentitySource source) throws IdentityException {
            return new Once(source.fetch());
        }

        @Override
        public String name() {
            return "a variable";
        }

        @Override
        public boolean isRenewable() {
            return false;
        }

        @Override
        public IdentityToken fetch() {
            return token;
        }
    }

    Ecr open() {
        return open(gitHub("sts.amazonaws.com"));
    }

    Ecr open(IdentitySource source) {
        return open(source, targets);
    }

    Ecr open(IdentitySource source, Collection<SessionTarget> known) {
        try {
            return clients(source, known).open(Optional.of("eu-central-1"), Exchange.Listener.NONE);
        } catch (AwsException e) {
            throw new IllegalStateException(e);
        }
    }

    EcrClients clients(IdentitySource source, Collection<SessionTarget> known) {
        RoleSettings role =
                new RoleSettings(arn(ROLE), RoleSettings.SHORTEST, "0123456789ab-42", Optional.of(source), () -> known);
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.empty(),
                Optional.of(server.endpoint()),
                Optional.of(sts),
                Optional.empty(),
                Optional.of(role),
                new Told());
        EcrClients made = EcrClients.create(
                settings,
                clock,
                new EcrClients.Outside(secrets::add, proxies),
                new Patience(Duration.ofSeconds(20), pauses::add));
        clients.add(made);
        return made;
    }

    private final class Told implements IdentityListener {
        @Override
        public void assumed(Session session) {
            sessions.add(session);
        }

        @Override
        public void keeps(String cause, Instant until) {
            kept.add(until + " " + cause);
        }

        @Override
        public void triesAgain(String cause) {
            retries.add(cause);
        }
    }

    static RoleArn arn(String text) {
        try {
            return RoleArn.parse(text);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    long count(String kind) {
        return server.requests().stream()
                .map(RecordedRequest::kind)
                .filter(kind::equals)
                .count();
    }

    long assumptions() {
        return count("sts:AssumeRoleWithWebIdentity");
    }

    @Override
    public void close() {
        clients.forEach(EcrClients::close);
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
