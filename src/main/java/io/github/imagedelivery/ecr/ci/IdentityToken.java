package io.github.imagedelivery.ecr.ci;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A job's OIDC identity token (JWT, RFC 7519), a secret. Its claims are read without any check of the signature, only to
 * explain to the user what AWS has been told: they decide nothing.
 */
public final class IdentityToken {
    /** The longest token that STS takes, in characters. */
    static final int LONGEST = 20_000;

    private static final String REMEDY =
            "let the source give an OIDC identity token: a JWT, three parts of base64url with a dot between each two";
    private static final String SESSION_TAGS = "https://aws.amazon.com/tags";
    private static final Set<String> STANDARD = Set.of("iss", "sub", "aud", "exp");

    private final String value;
    private final Claims claims;

    private IdentityToken(String value, Claims claims) {
        this.value = value;
        this.claims = claims;
    }

    /**
     * What a token says, unverified.
     *
     * @param issuer who gave it, a URL ({@code iss}); empty if it names none
     * @param subject whom it was given to ({@code sub}); empty if it names none
     * @param audiences whom it is for ({@code aud})
     * @param expiresAt when it ends ({@code exp})
     * @param others the other claims that are texts or whole numbers, in their order, {@code repository_id} for one, and
     *     the session tags as JSON
     */
    public record Claims(
            String issuer,
            String subject,
            List<String> audiences,
            Optional<Instant> expiresAt,
            Map<String, String> others) {
        /** Copies the collections in their order. */
        public Claims {
            audiences = List.copyOf(audiences);
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        }

        /** Tells whether a session is to have tags by this token, given in one claim or in several with paths in it. */
        public boolean hasSessionTags() {
            return others.keySet().stream().anyMatch(Claims::isOfSessionTags);
        }

        /** By the IAM user guide, "Passing session tags using AssumeRoleWithWebIdentity". */
        private static boolean isOfSessionTags(String claim) {
            return claim.equals(SESSION_TAGS) || claim.startsWith(SESSION_TAGS + "/");
        }
    }

    /**
     * Reads a token; white space around it is overlooked.
     *
     * @throws IdentityException if it is none; the message holds nothing of it
     */
    public static IdentityToken of(String jwt) throws IdentityException {
        String value = jwt.strip();
        if (value.isEmpty()) {
            throw new IdentityException("the identity token is empty", REMEDY);
        }
        if (value.length() > LONGEST) {
            throw new IdentityException(
                    "the identity token has " + value.length() + " characters; AWS takes " + LONGEST + " at most",
                    REMEDY);
        }
        String[] parts = value.split("\\.", -1);
        if (parts.length != 3) {
            throw new IdentityException(
                    "the identity token is no JWT: it has " + parts.length + " parts instead of 3", REMEDY);
        }
        object("header", parts[0]);
        decoded("signature", parts[2]);
        return new IdentityToken(value, claims(object("payload", parts[1])));
    }

    private static Json object(String name, String part) throws IdentityException {
        byte[] bytes = decoded(name, part);
        try {
            // The parser's own words would quote what it read.
            if (Json.parse(bytes) instanceof Json.Members members) {
                return members;
            }
        } catch (FormatException e) {
            throw new IdentityException("the identity token is no JWT: its " + name + " is not JSON", REMEDY);
        }
        throw new IdentityException("the identity token is no JWT: its " + name + " is not a JSON object", REMEDY);
    }

    private static byte[] decoded(String name, String part) throws IdentityException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new IdentityException("the identity token is no JWT: its " + name + " is not base64url", REMEDY);
        }
    }

    private static Claims claims(Json payload) {
        Json audience = payload.get("aud");
        List<String> audiences = audience.text()
                .map(List::of)
                .orElseGet(() -> audience.items().stream()
                        .flatMap(item -> item.text().stream())
                        .toList());
        Map<String, String> others = new LinkedHashMap<>();
        payload.members().forEach((name, value) -> {
            if (!STANDARD.contains(name)) {
                Optional<String> tags = Claims.isOfSessionTags(name) ? Optional.of(value.toString()) : Optional.empty();
                tags.or(() -> plain(value)).ifPresent(text -> others.put(name, text));
            }
        });
        return new Claims(
                payload.get("iss").text().orElse(""),
                payload.get("sub").text().orElse(""),
                audiences,
                instant(payload.get("exp")),
                others);
    }

    private static Optional<String> plain(Json value) {
        return value.number().isPresent()
                ? Optional.of(Long.toString(value.number().getAsLong()))
                : value.text();
    }

    private static Optional<Instant> instant(Json seconds) {
        try {
            return seconds.number().isPresent()
                    ? Optional.of(Instant.ofEpochSecond(seconds.number().getAsLong()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the token itself, a secret, for AWS STS alone. */
    public String value() {
        return value;
    }

    /** Returns what the token says, unverified. */
    public Claims claims() {
        return claims;
    }

    /** Names the issuer; nothing of the token's signature. */
    @Override
    public String toString() {
        return "identity token of " + Texts.shown(claims.issuer());
    }
}
