package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Proxies;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.time.Clock;
import java.time.Duration;

/** Clients for tests of other packages that do not wait between attempts, and not long for an answer. */
public final class QuickClients {
    private QuickClients() {}

    /** Creates the clients; an answer may be silent for so long. */
    public static EcrClients create(AwsSettings settings, Duration silence) {
        return EcrClients.create(
                settings,
                Clock.systemUTC(),
                new EcrClients.Outside(SecretListener.NONE, Proxies.OF_THE_JVM),
                new EcrClients.Patience(silence, millis -> {}));
    }
}
