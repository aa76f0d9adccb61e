package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.aws.IdentityListener;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** An embedded ECR and the clients that a session has there. */
final class EmbeddedClients implements AutoCloseable {
    final LocalEcr server = LocalEcr.builder().start();
    private final EcrClients clients;

    EmbeddedClients(IdentityListener listener) throws IOException {
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys("AKIALOCALECR00000000", "local", Optional.empty())),
                Optional.of(server.endpoint()));
        clients = EcrClients.create(settings.withListener(listener), Clock.systemUTC());
    }

    /** Returns ECR as a session sees it. */
    SessionEcr session(Optional<CallerLog> caller) {
        return new SessionEcr(clients, Optional.empty(), Optional.empty(), clients, List::of, caller);
    }

    /** Returns ECR as it reads bases in a role of their own. */
    SessionEcr readBy(SessionEcr session) {
        return session.readBy(clients);
    }

    @Override
    public void close() throws IOException {
        clients.close();
        server.close();
    }
}
