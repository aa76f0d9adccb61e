package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Gives identity tokens to a job that asks for one, in the ways of three CI systems: {@code GET <url>&audience=...}
 * (GitHub Actions), {@code POST .../jobs/<id>/oidc/tokens} (Buildkite), {@code POST <url>?serviceConnectionId=...}
 * (Azure Pipelines). All have the same token of the job.
 */
final class TokenEndpoint implements Handler {
    static final String GITHUB = "/token";
    static final String BUILDKITE = "/buildkite/v3";
    static final String AZURE = "/azure/oidctoken";

    private static final Pattern BUILDKITE_JOB = Pattern.compile(BUILDKITE + "/jobs/[^/]+/oidc/tokens");
    private static final int BODY_LIMIT = 1 << 14;

    private final IdentityTokens tokens;
    private final String requestToken;

    TokenEndpoint(IdentityTokens tokens, String requestToken) {
        this.tokens = tokens;
        this.requestToken = requestToken;
    }

    static boolean serves(String path) {
        return path.equals(GITHUB)
                || path.equals(AZURE)
                || BUILDKITE_JOB.matcher(path).matches();
    }

    @Override
    public Reply answer(Call call) throws IOException {
        try {
            return switch (call.path()) {
                case GITHUB -> gitHub(call);
                case AZURE -> azure(call);
                default -> buildkite(call);
            };
        } catch (Refusal e) {
            return Plane.WEB.refuse(e);
        }
    }

    private Reply gitHub(Call call) throws Refusal {
        check(call, "GET", "bearer");
        return reply(
                200, "value", tokens.mint(CiJob.GITHUB, call.query("audience").orElse(CiJob.GITHUB.audience())));
    }

    private Reply buildkite(Call call) throws IOException, Refusal {
        check(call, "POST", "token");
        String audience;
        try {
            audience = Json.parse(call.bytes(BODY_LIMIT)).get("audience").text().orElse(CiJob.BUILDKITE.audience());
        } catch (FormatException e) {
            throw new Refusal(422, "UnprocessableEntity", "a JSON object is expected");
        }
        return reply(201, "token", tokens.mint(CiJob.BUILDKITE, audience));
    }

    private Reply azure(Call call) throws Refusal {
        check(call, "POST", "bearer");
        if (call.query("serviceConnectionId").isEmpty()
                || call.query("api-version").isEmpty()) {
            throw new Refusal(400, "BadRequest", "api-version and serviceConnectionId are expected");
        }
        return reply(200, "oidcToken", tokens.mint(CiJob.AZURE, CiJob.AZURE.audience()));
    }

    private static Reply reply(int status, String member, String token) {
        return Reply.json(
                status, "application/json; charset=utf-8", Json.object().with(member, Json.of(token)));
    }

    private void check(Call call, String method, String scheme) throws Refusal {
        if (!call.method().equals(method)) {
            throw new Refusal(405, "MethodNotAllowed", method + " expected");
        }
        String authorization = call.header("Authorization").orElse("");
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(scheme + " ")
                || !authorization.substring(scheme.length() + 1).strip().equals(requestToken)) {
            throw new Refusal(401, "Unauthorized", "the " + scheme + " token of the job is expected");
        }
    }
}
