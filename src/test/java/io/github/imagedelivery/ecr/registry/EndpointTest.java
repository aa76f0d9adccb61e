package io.github.imagedelivery.ecr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private final Client client = new Client();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry.example",
                "http://10.0.0.1:5000",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "ftp://127.0.0.1",
                "https://user:canary@registry.example",
                "https://registry.example/path",
                "https://registry.example?canary",
                "https://registry.example#canary",
                "https:registry",
                "registry.example",
                "//127.0.0.1"
            })
    void refusesAnEndpointThatIsNotHttpsNorLoopback(String endpoint) {
        assertThatThrownBy(() -> client.open(URI.create(endpoint), Authorization.ANONYMOUS))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is not the endpoint of a registry")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://registry.example",
                "https://registry.example:8443/",
                "http://localhost:5000",
                "http://127.0.0.1:5000",
                "http://127.1.2.3",
                "http://[::1]:5000"
            })
    void opensHttpsAndLoopbackEndpoints(String endpoint) throws Exception {
        assertThat(client.open(URI.create(endpoint), Authorization.ANONYMOUS)).isNotNull();
    }
}
