package io.github.imagedelivery.ecr.registry;

import io.github.imagedelivery.ecr.oci.Echo;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a registry says about a refusal (distribution-spec, "Error Codes").
 *
 * @param code the first error code; empty where the body has none
 * @param message the first message as it came, not to be shown; empty where the body has none that a person could read
 */
record ErrorBody(String code, String message) {
    /** The longest body of an error, and of a token service's answer, that is read, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    /** A word of capitals (distribution-spec, "Error Codes"); anything else might be made to be shown. */
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

    /** What an answer without a readable body says. */
    static final ErrorBody NONE = new ErrorBody("", "");

    /** Reads the JSON of the specification, or the plain text that ECR answers to a request without credentials. */
    static ErrorBody read(byte[] body) {
        try {
            List<Json> errors = Json.parse(body).get("errors").items();
            if (errors.isEmpty()) {
                return NONE;
            }
            Json first = errors.get(0);
            return new ErrorBody(
                    first.get("code").text().filter(CODE.asMatchPredicate()).orElse(""),
                    first.get("message").text().orElse(""));
        } catch (FormatException e) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            // A page of a proxy, or of object storage, which quotes the signed address in it.
            return text.startsWith("<") ? NONE : new ErrorBody("", text);
        }
    }

    /** Tells whether the refusal is about an authorization that was good once (ECR says DENIED with 403 to it). */
    boolean saysExpired() {
        return message.contains("expired");
    }

    /** Returns code and message behind the status, as a message shows them; without the secret, should it be echoed. */
    String shown(int status, String secret) {
        return (status + " " + code + " " + Texts.shown(Echo.without(secret, message)))
                .replaceAll(" +", " ")
                .strip();
    }
}
