package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.SecretListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The login of one control plane, shared by the modules of a build: however many ask, one request is made. */
final class Logins {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]+");

    private final ControlPlane plane;
    private final InstantSource clock;
    private final SecretListener secrets;
    private @Nullable Login login;
    private Instant freshUntil = Instant.MIN;
    private int scope;

    /**
     * Creates the place of the login; asks nothing yet.
     *
     * @param secrets is told of each login before it is handed out
     */
    Logins(ControlPlane plane, InstantSource clock, SecretListener secrets) {
        this.plane = plane;
        this.clock = clock;
        this.secrets = secrets;
    }

    /**
     * Returns the login in hand until half of its life is over, else a new one. A login covers what the credentials did
     * with which it was got.
     */
    synchronized Login login(Exchange.Listener listener) throws AwsException {
        boolean covers = scope == plane.scope();
        return login != null && covers && clock.instant().isBefore(freshUntil) ? login : renew(listener);
    }

    /** Returns a new login, or the one that was fetched since the stale one was given. */
    synchronized Login renew(String stale, Exchange.Listener listener) throws AwsException {
        return login != null && !login.token().equals(stale) ? login(listener) : renew(listener);
    }

    private Login renew(Exchange.Listener listener) throws AwsException {
        Instant now = clock.instant();
        int covered = plane.scope();
        Login fetched = fetch(listener);
        scope = covered;
        freshUntil = now.plus(Duration.between(now, fetched.expiresAt()).dividedBy(2));
        login = fetched;
        return fetched;
    }

    private Login fetch(Exchange.Listener listener) throws AwsException {
        AwsCall call = plane.call("GetAuthorizationToken", List.of(), listener);
        List<Answer> data = call.read(Json.object()).parts("authorizationData");
        if (data.isEmpty()) {
            throw call.strange("the answer holds no login");
        }
        String token = data.get(0).text("authorizationToken");
        Optional<Instant> end = data.get(0).time("expiresAt");
        if (!TOKEN.matcher(token).matches() || end.isEmpty()) {
            throw call.strange("the answer's login has no token or no end");
        }
        announce(token);
        try {
            URI endpoint = Endpoint.parse("proxyEndpoint", data.get(0).text("proxyEndpoint"));
            URI host = URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority());
            return new Login(token, end.get(), host);
        } catch (FormatException e) {
            throw call.strange(String.valueOf(e.getMessage()));
        }
    }

    /** The token is the base64 of {@code AWS:password}, and either may turn up in somebody's log. */
    private void announce(String token) {
        secrets.obtained(token);
        try {
            String login = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            String password = login.substring(login.indexOf(':') + 1);
            if (!password.isBlank()) {
                secrets.obtained(password);
            }
        } catch (IllegalArgumentException e) {
            return; // not base64: there is no password in it
        }
    }
}
