package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Authorization;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import io.github.imagedelivery.ecr.registry.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with {@code -o}: the embedded ECR stands for a registry far away, by another name. */
class OfflineTest {
    private static final URI FAR = URI.create("https://registry.example");
    private static final String NAME = "registry.example/base/jre";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** Registries of which the far one is reached by way of the embedded one. */
    private Registries online() {
        Registries real = Registries.create(DeliveryFixture.TWO_TRIES);
        Authorization login = stale ->
                "Basic " + RegistryLogin.of("AWS", fixture.ecr.password()).basic();
        return (endpoint, name, authorization, listener) -> endpoint.equals(FAR)
                ? real.open(fixture.ecr.endpoint(), name, login, listener)
                : real.open(endpoint, name, authorization, listener);
    }

    private BaseSource find(Registries registries, String name) throws DeliveryException {
        return new BaseImages(registries, fixture.source(), RegistryLogins.NONE, fixture.cache())
                .find(name, Platform.LINUX_AMD64, Exchange.Listener.NONE);
    }

    private BaseSource findOffline(String name) throws DeliveryException {
        return find(Registries.offline(online()), name);
    }

    @Test
    void takesABaseByItsDigestFromTheCache() throws Exception {
        find(online(), NAME + "@" + fixture.base);

        assertThat(findOffline(NAME + "@" + fixture.base).image().layers()).hasSize(2);
    }

    @Test
    void takesWhatATagStoodForWhenItWasLastAskedFor() throws Exception {
        find(online(), NAME + ":17");
        fixture.ecr.clearRequests();

        assertThat(findOffline(NAME + ":17").image().digest()).hasValue(fixture.base);
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void asksForATagAgainOnceItCan() throws Exception {
        find(online(), NAME + ":17");
        fixture.ecr.clearRequests();

        find(online(), NAME + ":17");

        assertThat(fixture.requests()).isNotEmpty();
    }

    @Test
    void refusesABaseThatIsNotAtHand() {
        DeliveryException refusal = catchThrowableOfType(DeliveryException.class, () -> findOffline(NAME + ":17"));

        assertThat(refusal.isUserError()).isTrue();
        assertThat(refusal)
                .hasMessage("The base image " + NAME + ":17 is not at hand, and Maven is offline;"
                        + " nothing was built or sent\n"
                        + "  cause: Maven is offline (-o or <offline>), and the manifest 17 of " + NAME
                        + " is not on this machine\n"
                        + "  to fix: run the build once without -o, or name a base image on disk or scratch with"
                        + " ecr.from");
        assertThat(fixture.requests()).isEmpty();
    }

    @Test
    void refusesATagWhoseNoteIsDamaged() throws Exception {
        find(online(), NAME + ":17");
        try (Stream<Path> files = Files.list(fixture.cache())) {
            for (Path note :
                    files.filter(file -> file.toString().endsWith(".resolved")).toList()) {
                Files.writeString(note, "../../etc/passwd");
            }
        }

        assertThatThrownBy(() -> findOffline(NAME + ":17")).hasMessageContaining("Maven is offline");
    }

    @Test
    void fetchesNoLayer() throws Exception {
        find(online(), NAME + ":17");
        List<Blob> layers = findOffline(NAME + ":17").image().layers();

        assertThatThrownBy(() -> layers.get(0).open().close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Maven is offline")
                .hasMessageContaining(layers.get(0).descriptor().digest().toString());
    }

    @Test
    void asksARegistryOnThisMachine() throws Exception {
        assertThat(findOffline(fixture.ecr.registryHost() + "/base/jre:17")
                        .image()
                        .digest())
                .hasValue(fixture.base);
    }

    @Test
    void sendsNothingFarAway() throws Exception {
        Repository far = Registries.offline(online())
                .open(FAR, new RepositoryName("orders"), Authorization.ANONYMOUS, Exchange.Listener.NONE);
        Blob blob = Blob.of("application/octet-stream", new byte[] {1});

        assertThatThrownBy(() -> far.push(blob, Optional.empty())).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> far.has(blob.descriptor().digest())).isInstanceOf(RegistryException.class);
        assertThat(fixture.requests()).isEmpty();
    }
}
