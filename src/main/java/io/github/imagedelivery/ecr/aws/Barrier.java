package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Causes;
import java.io.IOException;
import java.util.Optional;

/** What keeps requests from AWS until somebody changes it: the next try would meet the same. */
enum Barrier {
    /** A proxy that refuses, as a rule since it wants another login. */
    PROXY(
            "correct the proxy, its user and its password (<proxy> of settings.xml, or https.proxyHost, https.proxyUser and"
                    + " https.proxyPassword), and let it lead to AWS"),

    /** A certificate that nobody vouches for. */
    CERTIFICATE("let the JVM trust the certificate, which is that of a proxy where one looks into TLS"
            + " (-Djavax.net.ssl.trustStore=...)");

    /** How the JDK says so; the exception has no type of its own. */
    private static final String NO_TUNNEL = "Unable to tunnel through proxy";

    private final String remedy;

    Barrier(String remedy) {
        this.remedy = remedy;
    }

    /** Returns what the request met; empty where the failure has another reason. */
    static Optional<Barrier> of(AwsException failure) {
        if (Causes.includeDistrust(failure)) {
            return Optional.of(CERTIFICATE);
        }
        return Causes.of(failure).anyMatch(Barrier::isNoTunnel) ? Optional.of(PROXY) : Optional.empty();
    }

    private static boolean isNoTunnel(Throwable cause) {
        return cause instanceof IOException
                && String.valueOf(cause.getMessage()).startsWith(NO_TUNNEL);
    }

    /** Returns what the user can do about it. */
    String remedy() {
        return remedy;
    }
}
