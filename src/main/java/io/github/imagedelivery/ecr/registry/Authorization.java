package io.github.imagedelivery.ecr.registry;

import java.io.IOException;

/**
 * What to send in the {@code Authorization} header to the registry's own host, and to no other.
 *
 * <p>Implementations keep the value out of {@code toString}.
 */
public interface Authorization {
    /** Sends none at first; where the registry then demands a bearer token, an anonymous one is fetched from its realm. */
    Authorization ANONYMOUS = stale -> "";

    /**
     * Returns the header's value, for example {@code Basic QVdTOi4uLg==}; empty for none.
     *
     * @param stale the value that the registry has just refused as expired, empty on the first call. An implementation
     *     that can renew returns another value; one that cannot returns the same, and the refusal stands.
     * @throws IOException if a login was needed and failed; the cause carries the reason
     */
    String header(String stale) throws IOException;
}
