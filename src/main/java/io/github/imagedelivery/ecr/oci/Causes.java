package io.github.imagedelivery.ecr.oci;

import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What is behind a failure. */
public final class Causes {
    private Causes() {}

    /** Returns the failure and what has caused it, step by step. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Tells whether nobody vouches for the certificate of the other side: the next try would meet the same. */
    public static boolean includeDistrust(Throwable failure) {
        return of(failure)
                .anyMatch(
                        cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException);
    }
}
