package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.IdentityListener;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which registries AWS is asked for a login to; the embedded ECR knows no such operation, and says so. */
class PublicHostTest {
    private EmbeddedClients clients;
    private SessionEcr ecr;

    @BeforeEach
    void start() throws Exception {
        clients = new EmbeddedClients(IdentityListener.NONE);
        ecr = clients.session(Optional.empty());
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
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
        assertThat(clients.server.requests()).isEmpty();
    }
}
