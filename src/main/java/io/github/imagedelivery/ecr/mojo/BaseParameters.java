package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters that say how base images are found. */
final class BaseParameters {
    private final ImageParameters raw;

    BaseParameters(ImageParameters raw) {
        this.raw = raw;
    }

    /**
     * How base images are found.
     *
     * @param cache directory for manifests and configs
     * @param logins where logins to registries other than ECR are looked for
     * @param role the role that reads from ECR; empty for the credentials of the build
     */
    record Bases(Path cache, SessionLogins.Where logins, Optional<RoleArn> role) {}

    /** Reads all of them. */
    Bases bases(Map<String, String> environment) throws DeliveryException {
        return new Bases(cache(environment), credentials(), role());
    }

    SessionLogins.Where credentials() throws DeliveryException {
        return Choice.of("ecr.base.credentials", raw.baseCredentials, SessionLogins.Where.AUTO);
    }

    Optional<RoleArn> role() throws DeliveryException {
        Optional<String> text = Parameters.text(raw.baseRoleArn);
        return text.isEmpty() ? Optional.empty() : Optional.of(RoleParameters.arn("ecr.base.roleArn", text.get()));
    }

    /**
     * Returns the cache directory; by default where the platform's conventions put caches.
     *
     * @param environment a relative {@code XDG_CACHE_HOME} does not count (XDG Base Directory Specification)
     */
    Path cache(Map<String, String> environment) {
        if (raw.cacheDirectory != null) {
            return raw.cacheDirectory.toPath();
        }
        return Parameters.text(environment.get("XDG_CACHE_HOME"))
                .flatMap(BaseParameters::absolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("ecr-maven-plugin");
    }

    private static Optional<Path> absolute(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
