package io.github.imagedelivery.ecr.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The AWS sessions that STS gave out, and who signs a request (Signature Version 4, checked for its form alone). */
final class Sessions {
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 +Credential=([^/,\\s]+)/([0-9]{8})/"
            + "([^/,\\s]+)/([^/,\\s]+)/aws4_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

    /** Access keys of sessions begin with this, those of users with AKIA. */
    private static final String TEMPORARY = "ASIA";

    private final Map<String, Session> byKey = new ConcurrentHashMap<>();
    private final Settings settings;
    private final Secrets secrets;

    Sessions(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * A session.
     *
     * @param holder who acts in it
     */
    record Session(String accessKeyId, String secretKey, String token, Instant expiresAt, Principal holder) {
        String arn() {
            return holder.arn();
        }

        @Override
        public String toString() {
            return "session of " + arn();
        }
    }

    /**
     * Begins a session.
     *
     * @param policy limits it
     */
    Session issue(String role, String sessionName, Duration lifetime, Optional<InlinePolicy> policy) {
        String arn = "arn:" + settings.partition() + ":sts::" + settings.account() + ":assumed-role/" + role + "/"
                + sessionName;
        String key = TEMPORARY + secrets.word(16).toUpperCase(Locale.ROOT).replaceAll("[-_]", "X");
        Instant expiresAt = settings.clock().instant().plus(lifetime);
        Session session = new Session(key, secrets.word(40), secrets.word(400), expiresAt, new Principal(arn, policy));
        byKey.put(key, session);
        return session;
    }

    /**
     * Returns who signed the request.
     *
     * @param service name that the signature must be scoped to
     */
    Principal signer(Call call, String service) throws Refusal {
        String header = call.header("Authorization")
                .orElseThrow(
                        () -> new Refusal(400, "MissingAuthenticationTokenException", "Missing Authentication Token"));
        Matcher signature = AUTHORIZATION.matcher(header);
        if (!signature.matches()) {
            throw incomplete("Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.");
        }
        checkScope(signature.group(3), signature.group(4), service);
        checkDate(call, signature.group(2));
        checkHeaders(signature.group(5));
        return owner(signature.group(1), call.header("X-Amz-Security-Token"));
    }

    private void checkScope(String region, String service, String expectedService) throws Refusal {
        if (!region.equals(settings.region())) {
            throw invalid("Credential should be scoped to a valid region, not '" + region + "'.");
        }
        if (!service.equals(expectedService)) {
            throw invalid("Credential should be scoped to correct service: '" + expectedService + "'.");
        }
    }

    private static void checkDate(Call call, String day) throws Refusal {
        String date = call.header("X-Amz-Date").orElse("");
        if (!date.matches("[0-9]{8}T[0-9]{6}Z")) {
            throw incomplete("Authorization header requires existence of a valid 'X-Amz-Date' header.");
        }
        if (!date.startsWith(day)) {
            throw invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        }
    }

    private static void checkHeaders(String signedHeaders) throws Refusal {
        String all = ";" + signedHeaders + ";";
        if (!all.contains(";host;") || !all.contains(";x-amz-date;")) {
            throw invalid("'Host' and 'X-Amz-Date' must be 'SignedHeaders' in the AWS Authorization.");
        }
    }

    private Principal owner(String accessKey, Optional<String> token) throws Refusal {
        if (!accessKey.startsWith(TEMPORARY)) {
            return Principal.of("arn:" + settings.partition() + ":iam::" + settings.account() + ":user/local");
        }
        Session session = byKey.get(accessKey);
        if (session == null || !token.equals(Optional.of(session.token()))) {
            throw new Refusal(
                    400, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        if (!settings.clock().instant().isBefore(session.expiresAt())) {
            throw new Refusal(400, "ExpiredTokenException", "The security token included in the request is expired");
        }
        return session.holder();
    }

    private static Refusal incomplete(String message) {
        return new Refusal(400, "IncompleteSignatureException", message);
    }

    private static Refusal invalid(String message) {
        return new Refusal(400, "InvalidSignatureException", message);
    }
}
