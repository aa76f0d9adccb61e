package io.github.imagedelivery.ecr.aws;

import java.util.Optional;

/**
 * Credentials that were given outright instead of being found by the SDK's chain.
 *
 * @param accessKeyId names the key
 * @param secretAccessKey a secret
 * @param sessionToken of temporary credentials; a secret
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    /** Tells that there are keys; nothing of them. */
    @Override
    public String toString() {
        return "AWS keys";
    }
}
