package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem.Severity;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The servers of {@code settings.xml} whose id is the host of a registry. */
final class SettingsLogins implements RegistryLogins {
    /** Docker Hub goes by many names. */
    private static final Set<String> DOCKER_HUB =
            Set.of("docker.io", "registry-1.docker.io", "index.docker.io", "registry.hub.docker.com");

    /** Docker's user name for whoever has a refresh token instead of a password. */
    private static final String REFRESH_TOKEN = "<token>";

    private final List<Server> servers;
    private final SettingsDecrypter decrypter;

    SettingsLogins(List<Server> servers, SettingsDecrypter decrypter) {
        this.servers = List.copyOf(servers);
        this.decrypter = decrypter;
    }

    @Override
    public Found find(String host) throws ImageException {
        Set<String> ids = DOCKER_HUB.contains(host) ? DOCKER_HUB : Set.of(host);
        Optional<Server> entered =
                servers.stream().filter(server -> ids.contains(server.getId())).findFirst();
        if (entered.isEmpty()) {
            return new Found(Optional.empty(), "settings.xml has no <server> with the id " + host);
        }
        Server server = decrypted(entered.get());
        String where = "the <server> " + server.getId() + " of settings.xml";
        Optional<String> user = Parameters.text(server.getUsername());
        Optional<String> password = Parameters.text(server.getPassword());
        if (user.isEmpty() || password.isEmpty()) {
            return new Found(Optional.empty(), where + " lacks <username> or <password>");
        }
        return new Found(
                Optional.of(
                        user.get().equals(REFRESH_TOKEN)
                                ? RegistryLogin.ofRefreshToken(password.get())
                                : RegistryLogin.of(user.get(), password.get())),
                where);
    }

    private Server decrypted(Server server) throws ImageException {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        boolean failed = result.getProblems().stream().anyMatch(problem -> problem.getSeverity() != Severity.WARNING);
        if (failed) {
            // The decrypter's own words may show what it could not decrypt.
            throw new ImageException(
                    "The password of the <server> " + server.getId() + " in settings.xml cannot be decrypted",
                    "Maven could not decrypt it with the master password of settings-security.xml",
                    "encrypt it anew with mvn --encrypt-password, or take the <server> away");
        }
        return result.getServer();
    }
}
