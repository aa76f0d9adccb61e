package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.aws.AwsSettings;
import io.github.imagedelivery.ecr.aws.EcrClients;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which registries AWS is asked for a login to; the embedded ECR knows no such operation, and says so. */
class PublicHostTest {
    private LocalEcr server;
    private EcrClients clients;
    private SessionEcr ecr;

    @BeforeEach
    void start() throws Exception {
        server = LocalEcr.builder().start();
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(new AwsKeys("AKIALOCALECR00000000", "local", Optional.empty())),
                Optional.of(server.endpoint()));
        clients = EcrClients.create(settings, Clock.systemUTC());
        ecr = new SessionEcr(clients, Optional.empty(), Optional.empty(), clients, Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        server.close();
    }

    @Test
    void asksAwsForALoginToEcrPublic() {
        assertThatThrownBy(() -> ecr.publicLogin("public.ecr.aws", Exchange.Listener.NONE))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("ecr-public:GetAuthorizationToken: ");
    }

    @Test
    void asksAwsForALoginToNoOtherRegistry() throws Exception {
        assertThat(ecr.publicLogin("public.ecr.aws.example.com", Exchange.Listener.NONE))
                .isEmpty();
        assertThat(server.requests()).isEmpty();
    }
}
