package io.github.imagedelivery.ecr.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Who to be at a registry: a user with a password, or the holder of a refresh token (distribution's OAuth2 token
 * authentication). A secret: nothing shows it, so it is no record.
 */
public final class RegistryLogin {
    private final String user;
    private final String secret;
    private final boolean refreshToken;

    private RegistryLogin(String user, String secret, boolean refreshToken) {
        this.user = user;
        this.secret = secret;
        this.refreshToken = refreshToken;
    }

    /** Returns the login of a user; the name holds no colon. */
    public static RegistryLogin of(String user, String password) {
        return new RegistryLogin(user, password, false);
    }

    /** Returns the login by a refresh token, which is what Docker calls an identity token. */
    public static RegistryLogin ofRefreshToken(String token) {
        return new RegistryLogin("", token, true);
    }

    /** Tells whether it is a refresh token, which a token service takes and a registry does not. */
    public boolean isRefreshToken() {
        return refreshToken;
    }

    /** Returns the user's name; empty for a refresh token. */
    public String user() {
        return user;
    }

    /** Returns the password or the refresh token. */
    public String secret() {
        return secret;
    }

    /** Returns the parameter of a {@code Basic} authorization (RFC 7617, in UTF-8). */
    public String basic() {
        return Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return refreshToken ? "login by a refresh token" : "login of a user";
    }
}
