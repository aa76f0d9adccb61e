package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Logins to registries that are kept outside of the build. */
public interface RegistryLogins {
    /** Has none: registries are read anonymously. */
    RegistryLogins NONE = host -> new Found(Optional.empty(), "ecr.base.credentials says to look for none");

    /**
     * What was found.
     *
     * @param login empty where there is none
     * @param told where the login is from, or why there is none; shows no secret
     */
    record Found(Optional<RegistryLogin> login, String told) {}

    /**
     * Looks for the login of a registry.
     *
     * @param host host of the registry, with the port where a reference names one
     * @throws ImageException if what is kept cannot be read, or must not be used
     */
    Found find(String host) throws ImageException;

    /**
     * Returns the logins of a file of Docker's ({@code config.json}) or Podman's ({@code auth.json}):
     * {@code credHelpers}, {@code credsStore} and {@code auths}. The file is read and never written.
     *
     * @param patience how long a credential helper may take
     */
    static RegistryLogins ofDocker(Path file, Duration patience) {
        return new DockerLogins(file, patience);
    }
}
