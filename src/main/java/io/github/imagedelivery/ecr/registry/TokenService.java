package io.github.imagedelivery.ecr.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;

/**
 * The service that gives out bearer tokens for a registry, at the realm that the registry's challenge names
 * (distribution's token authentication specification). Asked anonymously.
 */
final class TokenService {
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

    /** Fetches what the challenge asks for. */
    Token fetch(Challenge challenge, Operation operation) throws AttemptException {
        Call call = call(challenge);
        try (Answer answer = exchanges.make(call, "", operation.patience())) {
            if (answer.status() != 200) {
                throw exchanges.refused(call, answer, "");
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

    private Call call(Challenge challenge) throws AttemptException {
        try {
            Location realm = Location.at(endpoint, "/").resolve(challenge.parameter("realm"), endpoint);
            for (String name : new String[] {"service", "scope"}) {
                String value = challenge.parameter(name);
                realm = value.isEmpty() ? realm : realm.with(name + "=" + URLEncoder.encode(value, UTF_8));
            }
            String path = Texts.shown(realm.uri().getRawPath());
            return new Call("GET", realm.uri(), path, Map.of(), Optional.empty());
        } catch (FormatException e) {
            String message = endpoint.uri().getRawAuthority() + ": 401 with a realm that is no good: " + e.getMessage();
            throw AttemptException.permanent(new RegistryException(message, 401, ""));
        }
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
