package io.github.imagedelivery.ecr.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The authorization tokens that were given out ({@code GetAuthorizationToken}), and who may pass with them. */
final class Logins {
    /** Real passwords are long; clients that cut them should fail here too. */
    private static final int PASSWORD_LENGTH = 1024;

    private final Map<String, Issued> passwords = new ConcurrentHashMap<>();
    private final Settings settings;
    private final Secrets secrets;

    Logins(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /** When a password ends, and who may do what with it: the same as who got it. */
    private record Issued(Instant expiresAt, Principal holder) {}

    /** A password and when it ends. */
    record Login(String password, Instant expiresAt) {
        /** Returns the parameter of the {@code Basic} scheme. */
        String token() {
            return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "login until " + expiresAt;
        }
    }

    /**
     * Gives out a login.
     *
     * @param holder who asks
     */
    Login issue(Principal holder) {
        Instant expiresAt = settings.clock().instant().plus(settings.tokenLifetime());
        String password = secrets.word(PASSWORD_LENGTH);
        passwords.put(password, new Issued(expiresAt, holder));
        return new Login(password, expiresAt);
    }

    /** Ends all logins that were given out so far. */
    void expireAll() {
        passwords.replaceAll((password, issued) -> new Issued(Instant.MIN, issued.holder));
    }

    /** Returns the answer that refuses the request, if it has no right to pass. */
    Optional<Reply> refusal(Call call) {
        Optional<Issued> login = call.header("Authorization").flatMap(this::issued);
        if (login.isEmpty()) {
            return Optional.of(Reply.text(401, "text/plain; charset=utf-8", "Not Authorized\n")
                    .with("Docker-Distribution-Api-Version", "registry/2.0")
                    .with("Www-Authenticate", "Basic realm=\"" + call.origin() + "/\",service=\"ecr.amazonaws.com\""));
        }
        if (!settings.clock().instant().isBefore(login.get().expiresAt)) {
            return Optional.of(Plane.DATA.refuse(
                    403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
        }
        return Optional.empty();
    }

    /** Returns who got the login that the request was let pass with. */
    Principal holder(Call call) {
        return call.header("Authorization").flatMap(this::issued).orElseThrow().holder;
    }

    private Optional<Issued> issued(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return pair.startsWith("AWS:") ? Optional.ofNullable(passwords.get(pair.substring(4))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
