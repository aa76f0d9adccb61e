package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.RegistryLogin;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service that gives out bearer tokens for a registry, at the realm that the registry's challenge names
 * (distribution's token authentication specification). Asked anonymously, as a user, or with a refresh token.
 */
final class TokenService {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> PARAMETERS = List.of("service", "scope");
    private static final long DEFAULT_LIFE_SECONDS = 60;
    private static final long LONGEST_LIFE_SECONDS = 24 * 60 * 60;

    private final Exchanges exchanges;
    private final Endpoint endpoint;

    TokenService(Exchanges exchanges, Endpoint endpoint) {
        this.exchanges = exchanges;
        this.endpoint = endpoint;
    }

    /**
     * What the service gave; not a record, so that nothing shows it.
     */
    static final class Token {
        private final String header;
        private final long lifeSeconds;

        Token(String header, long lifeSeconds) {
            this.header = header;
            this.lifeSeconds = lifeSeconds;
        }

        /** Returns the value of the {@code Authorization} header. */
        String header() {
            return header;
        }

        long lifeSeconds() {
            return lifeSeconds;
        }
    }

    /**
     * Fetches what the challenge asks for.
     *
     * @param login who asks; goes to the realm alone
     */
    Token fetch(Challenge challenge, Optional<RegistryLogin> login, Operation operation) throws AttemptException {
        Location realm = realm(challenge);
        Optional<RegistryLogin> refresh = login.filter(RegistryLogin::isRefreshToken);
        String basic =
                login.filter(l -> !l.isRefreshToken()).map(RegistryLogin::basic).orElse("");
        Call call = refresh.isPresent()
                ? refreshing(realm, challenge, refresh.get(), operation.patience())
                : asking(realm, challenge);
        String secret = refresh.map(RegistryLogin::secret).orElse(basic);
        return answered(call, basic.isEmpty() ? "" : "Basic " + basic, secret, operation.patience());
    }

    private Token answered(Call call, String authorization, String secret, Patience patience) throws AttemptException {
        try (Answer answer = exchanges.make(call, authorization, patience)) {
            if (answer.status() != 200) {
                throw exchanges.refused(call, answer, secret);
            }
            Optional<byte[]> body = answer.bytes(ErrorBody.MAX_BYTES);
            if (body.isEmpty()) {
                throw Exchanges.unfit(call, answer, "with more than " + ErrorBody.MAX_BYTES + " bytes");
            }
            return token(body.get())
                    .orElseThrow(() -> Exchanges.unfit(call, answer, "without a token that can be used"));
        } catch (IOException e) {
            throw Exchanges.broken(call, e);
        }
    }

    private Location realm(Challenge challenge) throws AttemptException {
        try {
            return Location.at(endpoint, "/").resolve(challenge.parameter("realm"), endpoint);
        } catch (FormatException e) {
            String message = endpoint.uri().getRawAuthority() + ": 401 with a realm that is no good: " + e.getMessage();
            throw AttemptException.permanent(new RegistryException(message, 401, ""));
        }
    }

    private static Call asking(Location realm, Challenge challenge) {
        Location asked = realm;
        for (String name : PARAMETERS) {
            String value = challenge.parameter(name);
            asked = value.isEmpty() ? asked : asked.with(pair(name, value));
        }
        return new Call("GET", asked.uri(), path(asked), Map.of(), Optional.empty());
    }

    /** By {@code POST}, as OAuth2 wants it (RFC 6749, section 6): a refresh token in an address would be logged. */
    private static Call refreshing(Location realm, Challenge challenge, RegistryLogin login, Patience patience) {
        List<String> form = new ArrayList<>(List.of(
                "grant_type=refresh_token",
                pair("client_id", "ecr-maven-plugin"),
                pair("refresh_token", login.secret())));
        for (String name : PARAMETERS) {
            String value = challenge.parameter(name);
            if (!value.isEmpty()) {
                form.add(pair(name, value));
            }
        }
        byte[] bytes = String.join("&", form).getBytes(UTF_8);
        SentBody body = new SentBody(
                new ByteArrayInputStream(bytes), Blob.of(FORM, bytes).descriptor(), patience);
        return new Call("POST", realm.uri(), path(realm), Map.of("Content-Type", FORM), Optional.of(body));
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, UTF_8);
    }

    private static String path(Location realm) {
        return Texts.shown(realm.uri().getRawPath());
    }

    private static Optional<Token> token(byte[] body) {
        try {
            Json json = Json.parse(body);
            String token = json.get("token")
                    .text()
                    .or(() -> json.get("access_token").text())
                    .orElse("");
            long life = json.get("expires_in").number().orElse(DEFAULT_LIFE_SECONDS);
            return token.matches("[!-~]+")
                    ? Optional.of(new Token("Bearer " + token, Math.max(0, Math.min(life, LONGEST_LIFE_SECONDS))))
                    : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
