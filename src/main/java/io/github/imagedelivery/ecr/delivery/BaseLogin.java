package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.registry.Authorization;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The login to the registry of base images: looked for when the registry first asks for one, and once in a session,
 * since that may start a program.
 */
final class BaseLogin implements Authorization {
    private final String host;
    private final RegistryLogins logins;
    private RegistryLogins.@Nullable Found found;

    BaseLogin(String host, RegistryLogins logins) {
        this.host = host;
        this.logins = logins;
    }

    @Override
    public String header(String stale) {
        return "";
    }

    @Override
    public Optional<RegistryLogin> login() throws IOException {
        try {
            return find().login();
        } catch (ImageException e) {
            throw new IOException(e.problem() + ": " + e.getMessage(), e);
        }
    }

    /** Returns where the login is from, or why there is none; empty while the registry has not asked for one. */
    synchronized Optional<RegistryLogins.Found> known() {
        return Optional.ofNullable(found);
    }

    private synchronized RegistryLogins.Found find() throws ImageException {
        if (found == null) {
            RegistryLogins.Found now = logins.find(host);
            if (now.login().filter(login -> AwsKeys.isAccessKeyId(login.user())).isPresent()) {
                throw new ImageException(
                        "The login to " + host + " is an AWS access key; nothing was built or sent",
                        now.told() + " has the id of an AWS access key as the user, which no registry takes: ECR wants"
                                + " the user AWS and a password of twelve hours, which this plugin fetches by itself",
                        "take the entry for " + host
                                + " away, or enter a user of that registry; an AWS key belongs into"
                                + " AWS_ACCESS_KEY_ID or a profile");
            }
            found = now;
        }
        return found;
    }
}
