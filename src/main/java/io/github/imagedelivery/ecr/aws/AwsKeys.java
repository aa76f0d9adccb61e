package io.github.imagedelivery.ecr.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Credentials that were given outright instead of being found by the SDK's chain.
 *
 * @param accessKeyId names the key
 * @param secretAccessKey a secret
 * @param sessionToken of temporary credentials; a secret
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
    private static final Pattern ID = Pattern.compile("A[KS]IA[A-Z0-9]{12,}");

    /** Tells whether a text has the form of an access key's id, of a lasting or a temporary one. */
    public static boolean isAccessKeyId(String text) {
        return ID.matcher(text).matches();
    }

    /** Tells that there are keys; nothing of them. */
    @Override
    public String toString() {
        return "AWS keys";
    }
}
