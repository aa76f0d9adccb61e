package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.AwsKeys;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.RegistryLogins;
import io.github.imagedelivery.ecr.oci.Exchange;
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
    private boolean asked;
    private boolean ofAws;
    private String refusal = "";

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

    /** Tells the tokens of nobody from those of a login that AWS gave later. */
    @Override
    public synchronized String identity() {
        return ofAws ? "AWS" : "";
    }

    /**
     * Has AWS give a login after nobody was refused, where no other login is there and AWS gives one to the registry. It
     * is asked once in a session.
     *
     * @return whether what was refused is worth a second try
     */
    synchronized boolean askAws(EcrSource ecrs, Exchange.Listener listener) {
        if (asked) {
            return ofAws;
        }
        try {
            if (find().login().isPresent()) {
                return false;
            }
            asked = true;
            Optional<RegistryLogin> login = ecrs.publicLogin(host, listener);
            if (login.isPresent()) {
                found = new RegistryLogins.Found(login, "the AWS credentials of the build");
                ofAws = true;
            }
        } catch (ImageException e) {
            return false; // what was refused says more than a login that was not asked for
        } catch (AwsException e) {
            refusal = "; AWS gave no login: " + e.getMessage();
        }
        return ofAws;
    }

    /** Returns why AWS gave no login, as the end of a sentence; empty where it was not asked, or gave one. */
    synchronized String refusal() {
        return refusal;
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
