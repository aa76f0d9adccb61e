package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
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
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** The login of one control plane, shared by the modules of a build: however many ask, one request is made. */
final class Logins {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_-]+");

    private final SdkClients clients;
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
    Logins(SdkClients clients, InstantSource clock, SecretListener secrets) {
        this.clients = clients;
        this.clock = clock;
        this.secrets = secrets;
    }

    /**
     * Returns the login in hand until half of its life is over, else a new one. A login covers what the credentials did
     * with which it was got.
     */
    synchronized Login login(Exchange.Listener listener) throws AwsException {
        boolean covers = scope == clients.scope();
        return login != null && covers && clock.instant().isBefore(freshUntil) ? login : renew(listener);
    }

    /** Returns a new login, or the one that was fetched since the stale one was given. */
    synchronized Login renew(String stale, Exchange.Listener listener) throws AwsException {
        return login != null && !login.token().equals(stale) ? login(listener) : renew(listener);
    }

    private Login renew(Exchange.Listener listener) throws AwsException {
        Instant now = clock.instant();
        int covered = clients.scope();
        Login fetched = fetch(listener);
        scope = covered;
        freshUntil = now.plus(Duration.between(now, fetched.expiresAt()).dividedBy(2));
        login = fetched;
        return fetched;
    }

    private Login fetch(Exchange.Listener listener) throws AwsException {
        SdkCall call = clients.call("GetAuthorizationToken", List.of(), listener);
        AuthorizationData data = call
                .run(rules -> clients.reads().getAuthorizationToken(request -> request.overrideConfiguration(rules)))
                .authorizationData()
                .stream()
                .findFirst()
                .orElseThrow(() -> call.strange("the answer holds no login"));
        String token = Optional.ofNullable(data.authorizationToken()).orElse("");
        if (!TOKEN.matcher(token).matches() || data.expiresAt() == null) {
            throw call.strange("the answer's login has no token or no end");
        }
        announce(token);
        try {
            String proxy = Optional.ofNullable(data.proxyEndpoint()).orElse("");
            URI endpoint = Endpoint.parse("proxyEndpoint", proxy);
            URI host = URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority());
            return new Login(token, data.expiresAt(), host);
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
