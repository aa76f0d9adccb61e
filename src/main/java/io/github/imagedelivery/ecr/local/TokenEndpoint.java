package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Json;

/** Gives identity tokens to a job as GitHub Actions does: {@code GET <url>&audience=...} with the job's bearer token. */
final class TokenEndpoint implements Handler {
    static final String PATH = "/token";

    private final IdentityTokens tokens;
    private final String requestToken;

    TokenEndpoint(IdentityTokens tokens, String requestToken) {
        this.tokens = tokens;
        this.requestToken = requestToken;
    }

    @Override
    public Reply answer(Call call) {
        if (!call.method().equals("GET")) {
            return Plane.WEB.refuse(405, "MethodNotAllowed", "GET expected");
        }
        String authorization = call.header("Authorization").orElse("");
        if (!authorization.regionMatches(true, 0, "bearer ", 0, 7)
                || !authorization.substring(7).strip().equals(requestToken)) {
            return Plane.WEB.refuse(401, "Unauthorized", "the bearer token of the job is expected");
        }
        String token = tokens.mint(call.query("audience").orElse("https://github.com/local"));
        return Reply.json(200, "application/json; charset=utf-8", Json.object().with("value", Json.of(token)));
    }
}
