package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Mints identity tokens in the shape that a CI job gets (JWT), and reads its own again. */
final class IdentityTokens {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;
    private final Secrets secrets;

    IdentityTokens(Clock clock, Secrets secrets) {
        this.clock = clock;
        this.secrets = secrets;
    }

    /** What a token says. */
    record Claims(String issuer, String subject, String audience, Instant expiresAt) {
        /** Tells whether AWS, set up for the issuer, takes a token for this audience. */
        boolean isForAws() {
            return CiJob.issuing(issuer).filter(job -> job.isForAws(audience)).isPresent();
        }
    }

    String mint(CiJob job, String audience) {
        Instant now = clock.instant();
        Json header = Json.object().with("alg", Json.of("HS256")).with("typ", Json.of("JWT"));
        Json claims = Json.object()
                .with("jti", Json.of(secrets.word(22)))
                .with("sub", Json.of(job.subject()))
                .with("aud", Json.of(audience))
                .with("iss", Json.of(job.issuer()))
                .with("nbf", Json.of(now.getEpochSecond()))
                .with("exp", Json.of(now.plus(LIFETIME).getEpochSecond()))
                .with("iat", Json.of(now.getEpochSecond()));
        String signed = Secrets.encoded(header.bytes()) + "." + Secrets.encoded(claims.bytes());
        return signed + "." + secrets.proof(signed);
    }

    /**
     * Reads a token.
     *
     * @throws Refusal in the words of STS, if it has another form, was not minted here or has ended
     */
    Claims read(String token) throws Refusal {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid(
                    "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        }
        Claims claims = claims(parts[1]);
        if (!secrets.proves(parts[2], parts[0] + "." + parts[1])) {
            throw invalid(
                    CiJob.issuing(claims.issuer()).isPresent()
                            ? "Invalid signature of the identity token"
                            : "No OpenIDConnect provider found in your account for " + claims.issuer());
        }
        if (!clock.instant().isBefore(claims.expiresAt())) {
            throw new Refusal(400, "ExpiredTokenException", "Token expired: " + claims.expiresAt());
        }
        return claims;
    }

    private static Claims claims(String part) throws Refusal {
        try {
            Json json = Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
            return new Claims(
                    json.get("iss").text().orElse(""),
                    json.get("sub").text().orElse(""),
                    json.get("aud").text().orElse(""),
                    Instant.ofEpochSecond(json.get("exp").number().orElse(0)));
        } catch (FormatException | IllegalArgumentException e) {
            throw invalid("The ID Token provided is not a valid JWT.");
        }
    }

    private static Refusal invalid(String message) {
        return new Refusal(400, "InvalidIdentityToken", message);
    }
}
