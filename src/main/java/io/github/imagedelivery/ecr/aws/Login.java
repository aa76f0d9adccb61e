package io.github.imagedelivery.ecr.aws;

import java.net.URI;
import java.time.Instant;

/**
 * What ECR's {@code GetAuthorizationToken} gave: the right to speak to the data plane for up to 12 hours.
 *
 * @param token the parameter of the {@code Basic} scheme; a secret
 * @param expiresAt when it ends
 * @param endpoint scheme and host of the caller's own registry ({@code proxyEndpoint})
 */
public record Login(String token, Instant expiresAt, URI endpoint) {
    /** Returns the endpoint; never the token. */
    @Override
    public String toString() {
        return "login to " + endpoint;
    }
}
