package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.Proxies;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user says of a job's identity token.
 *
 * @param audience whom the token is for, where the CI system lets the job choose
 * @param tokenFile file that holds the token ({@code ecr.identityTokenFile}); beats all that is detected
 * @param tokenVariable environment variable that holds the token ({@code ecr.identityTokenEnv}); beats all that is detected
 * @param proxies the way to a CI system that is asked for the token
 */
public record IdentitySettings(
        String audience, Optional<Path> tokenFile, Optional<String> tokenVariable, Proxies proxies) {
    /** The audience that AWS STS expects by convention. */
    public static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    /** What holds where the user says nothing. */
    public static final IdentitySettings DEFAULT =
            new IdentitySettings(DEFAULT_AUDIENCE, Optional.empty(), Optional.empty());

    /** Asks CI systems by the proxies of the JVM. */
    public IdentitySettings(String audience, Optional<Path> tokenFile, Optional<String> tokenVariable) {
        this(audience, tokenFile, tokenVariable, Proxies.OF_THE_JVM);
    }
}
