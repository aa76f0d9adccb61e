package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.BaseSource.Origin;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Mirrors;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.registry.Registries;
import io.github.imagedelivery.ecr.registry.RegistryException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases of Docker Hub that are read from a pull-through cache: the embedded ECR. Docker Hub itself is never reached. */
class BaseMirrorTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String NAME = "docker.io/library/jre:17";
    private static final URI HUB = URI.create("https://registry-1.docker.io");

    @TempDir
    Path directory;

    private final List<URI> asked = new ArrayList<>();
    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private BaseImages session(String place, boolean fallsBack) throws Exception {
        Mirrors mirrors = Mirrors.of(Map.of("docker.io/library", place), fallsBack);
        return new BaseImages(
                recording(),
                fixture.source(),
                RegistryLogins.NONE,
                new BaseSettings(fixture.cache(), LockSettings.NONE, mirrors, true));
    }

    /** Registries of which Docker Hub has nothing. */
    private Registries recording() {
        Registries real = Registries.create(DeliveryFixture.TWO_TRIES);
        return (endpoint, name, authorization, listener) -> {
            asked.add(endpoint);
            if (endpoint.equals(HUB)) {
                throw new RegistryException("Docker Hub is down", 503, "");
            }
            return real.open(endpoint, name, authorization, listener);
        };
    }

    private static BaseSource find(BaseImages bases) throws DeliveryException {
        return bases.find(NAME, Platform.LINUX_AMD64, Exchange.Listener.NONE);
    }

    @Test
    void readsTheMirrorAndKeepsTheName() throws Exception {
        BaseSource found = find(session(ECR + "/base", false));

        assertThat(found.image().name()).isEqualTo(NAME);
        assertThat(found.pinned()).isEqualTo(NAME + "@" + fixture.base);
        assertThat(found.told()).isEqualTo(NAME + "@" + fixture.base + " from its mirror " + ECR + "/base/jre");
        assertThat(asked).containsOnly(fixture.ecr.endpoint());
    }

    @Test
    void takesTheLayersFromTheMirror() throws Exception {
        BaseSource found = find(session(ECR + "/base", false));

        assertThat(found.origin()).hasValue(new Origin(fixture.ecr.endpoint(), new RepositoryName("base/jre")));
        assertThat(found.image().layers().get(0).open().readAllBytes()).isNotEmpty();
    }

    @Test
    void locksTheNameToWhatTheMirrorHas() throws Exception {
        LockedBase locked = session(ECR + "/base", false)
                .resolve(NAME, Exchange.Listener.NONE)
                .orElseThrow();

        assertThat(locked.digest()).isEqualTo(fixture.base);
    }

    @Test
    void refusesAMirrorThatDoesNotHaveTheImage() throws Exception {
        BaseImages session = session(ECR + "/empty", false);

        assertThatThrownBy(() -> find(session))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The base image " + NAME + " at its mirror " + ECR
                        + "/empty/jre:17 was not found; nothing was built or sent\n  cause: ");
        assertThat(asked).doesNotContain(HUB);
    }

    @Test
    void asksTheRegistryOfTheNameWhereThatIsAllowedAndTellsBothRefusals() throws Exception {
        BaseImages session = session(ECR + "/empty", true);

        assertThatThrownBy(() -> find(session))
                .hasMessageContaining(" at its mirror " + ECR + "/empty/jre:17 was not found")
                .hasMessageContaining("The base image " + NAME + " could not be read")
                .hasMessageContaining("Docker Hub is down");
    }

    @Test
    void fallsBackForAllModulesAtOnce() throws Exception {
        Mirrors mirrors = Mirrors.of(Map.of(fixture.ecr.registryHost() + "/base", ECR + "/empty"), true);
        BaseImages session = new BaseImages(
                recording(),
                fixture.source(),
                RegistryLogins.NONE,
                new BaseSettings(fixture.cache(), LockSettings.NONE, mirrors, true));
        String name = fixture.ecr.registryHost() + "/base/jre:17";

        BaseSource first = session.find(name, Platform.LINUX_AMD64, Exchange.Listener.NONE);
        session.find(name, Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(first.image().digest()).hasValue(fixture.base);
        assertThat(first.mirror()).isEmpty();
        assertThat(fixture.requests())
                .filteredOn(request -> request.startsWith("GET /v2/empty/"))
                .hasSize(1);
    }

    @Test
    void leavesImagesOfOtherRegistriesWhereTheyAre() throws Exception {
        BaseSource found = session(ECR + "/empty", false)
                .find(fixture.ecr.registryHost() + "/base/jre:17", Platform.LINUX_AMD64, Exchange.Listener.NONE);

        assertThat(found.mirror()).isEmpty();
        assertThat(found.image().digest()).hasValue(fixture.base);
    }
}
