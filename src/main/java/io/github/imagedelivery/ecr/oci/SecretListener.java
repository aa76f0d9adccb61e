package io.github.imagedelivery.ecr.oci;

/**
 * Is told of each secret that the build has obtained (an identity token, a session's key, a login) before the secret is
 * used for the first time, so that a CI system can be asked to hide it. Called from several threads; may be told the
 * same secret again.
 */
@FunctionalInterface
public interface SecretListener {
    /** Hears nothing. */
    SecretListener NONE = secret -> {};

    /** Takes note of a secret, which must be neither kept nor shown. */
    void obtained(String secret);
}
