package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.image.RegistryLogins.Found;
import io.github.imagedelivery.ecr.mojo.SessionLogins.Where;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLoginsTest {
    private static final Path HOME = Path.of("/home/mira");

    @TempDir
    Path directory;

    private final List<String> announced = new ArrayList<>();
    private MavenSession session;

    @BeforeEach
    void open() throws Exception {
        session = TestSession.of(directory);
        Files.writeString(directory.resolve("config.json"), "{\"auths\":{\"ghcr.io\":{\"auth\":\"ZG9ja2VyOnB3\"}}}");
        session.getRequest().getSystemProperties().setProperty("env.DOCKER_CONFIG", directory.toString());
    }

    private void server(String id, String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        session.getSettings().addServer(server);
    }

    private Found find(Where where, String host) throws Exception {
        return SessionLogins.of(session, new TestDecrypter(), where, announced::add)
                .find(host);
    }

    private String userOf(Where where) throws Exception {
        return find(where, "ghcr.io").login().map(RegistryLogin::user).orElse("");
    }

    @ParameterizedTest
    @CsvSource({"AUTO, settings", "SETTINGS, settings", "DOCKER, docker", "NONE, ''"})
    void looksWhereItIsToldTo(Where where, String user) throws Exception {
        server("ghcr.io", "settings", "pw");

        assertThat(userOf(where)).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({"AUTO, docker", "SETTINGS, ''"})
    void goesOnToTheNextPlaceWhereTheFirstHasNone(Where where, String user) throws Exception {
        assertThat(userOf(where)).isEqualTo(user);
    }

    @Test
    void tellsAllThePlacesThatHaveNone() throws Exception {
        assertThat(find(Where.AUTO, "quay.io").told())
                .startsWith("settings.xml has no <server> with the id quay.io; " + directory.resolve("config.json")
                        + " has none for quay.io");
    }

    @Test
    void decryptsThePasswordOfAServer() throws Exception {
        server("registry.example.com:5000", "mira", "{secret}");

        Found found = find(Where.SETTINGS, "registry.example.com:5000");

        assertThat(found.login().orElseThrow().secret()).isEqualTo("secret");
        assertThat(found.told()).isEqualTo("the <server> registry.example.com:5000 of settings.xml");
    }

    @Test
    void announcesALoginBeforeItIsUsed() throws Exception {
        server("ghcr.io", "mira", "{secret}");

        find(Where.SETTINGS, "ghcr.io");

        assertThat(announced).containsExactly("secret", "bWlyYTpzZWNyZXQ=");
    }

    @Test
    void refusesAPasswordThatCannotBeDecrypted() {
        server("ghcr.io", "mira", "{damaged-canary}");

        ImageException refusal = catchThrowableOfType(ImageException.class, () -> find(Where.AUTO, "ghcr.io"));

        assertThat(refusal.problem())
                .isEqualTo("The password of the <server> ghcr.io in settings.xml cannot be decrypted");
        assertThat(refusal).hasMessageNotContaining("canary");
    }

    @Test
    void decryptsNoPasswordOfAnotherServer() throws Exception {
        server("elsewhere", "mira", "{damaged}");
        server("ghcr.io", "mira", "{secret}");

        assertThat(userOf(Where.SETTINGS)).isEqualTo("mira");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "registry-1.docker.io", "index.docker.io", "registry.hub.docker.com"})
    void knowsDockerHubByAllOfItsNames(String id) throws Exception {
        server(id, "mira", "pw");

        assertThat(find(Where.SETTINGS, "docker.io").login()).isPresent();
    }

    @Test
    void lendsAServerToNoOtherHost() throws Exception {
        server("ghcr.io", "mira", "pw");

        assertThat(find(Where.SETTINGS, "ghcr.io:8443").login()).isEmpty();
    }

    @Test
    void takesTheUserTokenForTheHolderOfARefreshToken() throws Exception {
        server("ghcr.io", "<token>", "pw");

        assertThat(find(Where.SETTINGS, "ghcr.io").login().orElseThrow().isRefreshToken())
                .isTrue();
    }

    @Test
    void saysWhatAServerLacks() throws Exception {
        server("ghcr.io", "mira", " ");

        assertThat(find(Where.SETTINGS, "ghcr.io").told()).endsWith("lacks <username> or <password>");
    }

    @Test
    void asksNoSecondPlaceOnceOneHasALogin() throws Exception {
        RegistryLogins first = host -> new Found(Optional.of(RegistryLogin.of("a", "b")), "first");
        RegistryLogins second = host -> {
            throw new IllegalStateException("asked");
        };

        assertThat(new SessionLogins(List.of(first, second), announced::add)
                        .find("ghcr.io")
                        .told())
                .isEqualTo("first");
    }

    @Test
    void knowsTheFilesOfDockerAndPodman() {
        assertThat(SessionLogins.dockerFiles(Map.of(), HOME))
                .containsExactly(HOME.resolve(".docker/config.json"), HOME.resolve(".config/containers/auth.json"));
        assertThat(SessionLogins.dockerFiles(
                        Map.of("DOCKER_CONFIG", "/d", "XDG_RUNTIME_DIR", "/run/1", "XDG_CONFIG_HOME", "/c"), HOME))
                .containsExactly(
                        Path.of("/d/config.json"),
                        Path.of("/run/1/containers/auth.json"),
                        Path.of("/c/containers/auth.json"));
        assertThat(SessionLogins.dockerFiles(Map.of("REGISTRY_AUTH_FILE", "/r.json"), HOME))
                .containsExactly(HOME.resolve(".docker/config.json"), Path.of("/r.json"));
    }
}
