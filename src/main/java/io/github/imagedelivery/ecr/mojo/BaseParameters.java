package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.RoleArn;
import io.github.imagedelivery.ecr.delivery.BaseSettings;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.LockSettings;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Mirrors;
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
     * @param settings where they are read, and what their tags stand for
     * @param logins where logins to registries other than ECR are looked for
     * @param role the role that reads from ECR; empty for the credentials of the build
     */
    record Bases(BaseSettings settings, SessionLogins.Where logins, Optional<RoleArn> role) {}

    /** Reads all of them. */
    Bases bases(Map<String, String> environment) throws DeliveryException {
        BaseSettings settings = new BaseSettings(cache(environment), lock(), mirrors(), raw.baseJavaCheck);
        return new Bases(settings, credentials(), role());
    }

    LockSettings lock() throws DeliveryException {
        Path top = TopDirectory.of(raw.session);
        String file = Parameters.text(raw.lockFile).orElse("ecr-lock.json");
        try {
            return new LockSettings(top.resolve(file).normalize(), lockUse());
        } catch (InvalidPathException e) {
            throw Parameters.wrong("ecr.lockFile", file, "the path of a file, for example ecr-lock.json");
        }
    }

    LockSettings.Use lockUse() throws DeliveryException {
        return Choice.of("ecr.lock", raw.lock, LockSettings.Use.USE);
    }

    /** Returns where images are read in place of the registry that their names say. */
    Mirrors mirrors() throws DeliveryException {
        try {
            return Mirrors.of(
                    Parameters.pairs("ecr.base.mirrors", raw.baseMirrors, raw.baseMirrorList), raw.baseMirrorFallback);
        } catch (FormatException e) {
            throw DeliveryException.ofUser(
                    "ecr.base.mirrors has a value that cannot be used",
                    e,
                    "set it to pairs such as docker.io=123456789012.dkr.ecr.eu-west-2.amazonaws.com/docker-hub,"
                            + " comma-separated");
        }
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
