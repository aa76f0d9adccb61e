package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.TrustedServer;
import io.github.imagedelivery.ecr.oci.Digest;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private final Client client = new Client();

    @Test
    void refusesACertificateThatNobodyVouchesForAtOnceAndTriesNothingWeaker(@TempDir Path dir) throws Exception {
        try (TrustedServer server = new TrustedServer(dir, "registry.test")) {
            Repository repository =
                    client.open(URI.create("https://127.0.0.1:" + server.port()), Authorization.ANONYMOUS);

            assertThatThrownBy(() -> repository.has(Digest.of(new byte[0])))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("no answer: ")
                    .hasMessageContaining("PKIX");
            assertThat(client.exchanges).hasSize(1);
        }
    }
}
