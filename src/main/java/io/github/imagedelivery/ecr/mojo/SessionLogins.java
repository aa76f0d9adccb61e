package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The logins of who runs the build: the first of several sources that has one for a registry, and no further one. */
final class SessionLogins implements RegistryLogins {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<RegistryLogins> sources;
    private final SecretListener secrets;

    SessionLogins(List<RegistryLogins> sources, SecretListener secrets) {
        this.sources = List.copyOf(sources);
        this.secrets = secrets;
    }

    /** Where logins are looked for: what {@code ecr.base.credentials} says. */
    enum Where {
        AUTO,
        SETTINGS,
        DOCKER,
        NONE
    }

    /**
     * Returns the logins that the session has in the places that are allowed.
     *
     * @param secrets is told of each login before it is used
     */
    static RegistryLogins of(MavenSession session, SettingsDecrypter decrypter, Where where, SecretListener secrets) {
        List<RegistryLogins> sources = new ArrayList<>();
        if (where == Where.AUTO || where == Where.SETTINGS) {
            sources.add(new SettingsLogins(session.getSettings().getServers(), decrypter));
        }
        if (where == Where.AUTO || where == Where.DOCKER) {
            dockerFiles(Environment.of(session), Path.of(System.getProperty("user.home")))
                    .forEach(file -> sources.add(RegistryLogins.ofDocker(file, PATIENCE)));
        }
        return where == Where.NONE ? RegistryLogins.NONE : new SessionLogins(sources, secrets);
    }

    /** Returns where Docker keeps its logins, then where Podman does. */
    static List<Path> dockerFiles(Map<String, String> environment, Path home) {
        Optional<Path> docker = path(environment, "DOCKER_CONFIG");
        Optional<Path> podman = path(environment, "REGISTRY_AUTH_FILE");
        Stream<Path> directories = Stream.concat(
                path(environment, "XDG_RUNTIME_DIR").stream(),
                Stream.of(path(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"))));
        return Stream.concat(
                        Stream.of(docker.orElse(home.resolve(".docker")).resolve("config.json")),
                        podman.map(Stream::of)
                                .orElseGet(
                                        () -> directories.map(directory -> directory.resolve("containers/auth.json"))))
                .toList();
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Parameters.text(environment.get(name)).map(Path::of);
    }

    @Override
    public Found find(String host) throws ImageException {
        List<String> told = new ArrayList<>();
        for (RegistryLogins source : sources) {
            Found found = source.find(host);
            if (found.login().isPresent()) {
                secrets.obtained(found.login().get().secret());
                secrets.obtained(found.login().get().basic());
                return found;
            }
            told.add(found.told());
        }
        return new Found(Optional.empty(), String.join("; ", told));
    }
}
