package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.RegistryLogin;
import java.io.IOException;
import java.util.Optional;

/**
 * What to send in the {@code Authorization} header to the registry's own host, and to no other.
 *
 * <p>Implementations keep the value out of {@code toString}.
 */
public interface Authorization {
    /**
     * Sends none at first; where the registry then demands a bearer token, an anonymous one is fetched from its realm.
     */
    Authorization ANONYMOUS = stale -> "";

    /**
     * Returns the header's value, for example {@code Basic QVdTOi4uLg==}; empty for none.
     *
     * @param stale the value that the registry has just refused as expired, empty on the first call. An implementation
     *     that can renew returns another value; one that cannot returns the same, and the refusal stands.
     * @throws IOException if a login was needed and failed; the cause carries the reason
     */
    String header(String stale) throws IOException;

    /**
     * Returns who to be where {@link #header} gives nothing and the registry asks for a login; empty for nobody. Asked
     * for no earlier, since to look for a login may start a program. The login goes to the registry's own host, or to
     * the token service that its challenge names.
     *
     * @throws IOException if a login was looked for, and what was found cannot be used
     */
    default Optional<RegistryLogin> login() throws IOException {
        return Optional.empty();
    }

    /** Returns what changes with the login, so that a token got by one is not used with another; not a secret. */
    default String identity() {
        return "";
    }
}
