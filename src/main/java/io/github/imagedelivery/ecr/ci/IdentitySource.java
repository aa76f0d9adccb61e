package io.github.imagedelivery.ecr.ci;

import java.util.Map;
import java.util.Optional;

/** Where a job's identity token comes from. Safe for use by several threads. */
public interface IdentitySource {
    /** Returns the CI system and the variable that led to it, {@code GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL)}. */
    String name();

    /** Tells whether a second {@link #fetch} may give another token that lives longer. */
    boolean isRenewable();

    /**
     * Gets a token; for a CI system that gives tokens on request a new one each time.
     *
     * @throws IdentityException if the source gives none; no other source is tried in its place
     */
    IdentityToken fetch() throws IdentityException;

    /**
     * Finds the source: the file or variable of the settings, {@code AWS_WEB_IDENTITY_TOKEN_FILE}, or what the CI
     * system offers; the first that is there. Makes no request.
     *
     * @param environment the variables of this process
     * @return empty if nothing is set and no CI system is known that gives identity tokens
     * @throws IdentityException if the source is there but not usable: the job is not allowed to ask, an address is not
     *     the CI system's own
     */
    static Optional<IdentitySource> detect(Map<String, String> environment, IdentitySettings settings)
            throws IdentityException {
        return new IdentityDetection(new Variables(environment), settings).source();
    }
}
