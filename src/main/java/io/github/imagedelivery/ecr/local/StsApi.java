package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two operations of AWS STS that lead from an identity token to an AWS session. */
final class StsApi implements Handler {
    static final int BODY_LIMIT = 1 << 17;
    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):role/(?:.+/)?([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int LONGEST_TOKEN = 20_000;

    private final Settings settings;
    private final Sessions sessions;
    private final IdentityTokens tokens;

    StsApi(Settings settings, Sessions sessions, IdentityTokens tokens) {
        this.settings = settings;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public Reply answer(Call call) throws IOException {
        try {
            Map<String, String> form = Form.decode(call.text(BODY_LIMIT));
            String action = form.getOrDefault("Action", "");
            return switch (action) {
                case "AssumeRoleWithWebIdentity" -> Xml.reply(200, Xml.response(action, assumeRole(form)));
                case "GetCallerIdentity" -> Xml.reply(200, Xml.response(action, callerIdentity(call)));
                default ->
                    throw new Refusal(
                            400, "InvalidAction", "Could not find operation " + action + " for version 2011-06-15");
            };
        } catch (Refusal e) {
            return Plane.STS.refuse(e);
        }
    }

    private String callerIdentity(Call call) throws Refusal {
        String arn = signer(call);
        return Xml.element("Arn", arn)
                + Xml.element("UserId", "AIDALOCAL")
                + Xml.element("Account", settings.account());
    }

    /** The codes of the query protocol differ a little from those of JSON. */
    private String signer(Call call) throws Refusal {
        try {
            return sessions.signer(call, "sts").arn();
        } catch (Refusal e) {
            String code = e.code().equals("UnrecognizedClientException")
                    ? "InvalidClientTokenId"
                    : e.code().replaceAll("Exception$", "");
            throw new Refusal(403, code, e.text());
        }
    }

    private String assumeRole(Map<String, String> form) throws Refusal {
        String token = required(form, "WebIdentityToken");
        Matcher role = ROLE.matcher(required(form, "RoleArn"));
        String sessionName = required(form, "RoleSessionName");
        if (!role.matches()) {
            throw validation("roleArn", "must be the ARN of a role");
        }
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw validation("roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        if (token.length() > LONGEST_TOKEN) {
            throw validation("webIdentityToken", "Member must have length less than or equal to " + LONGEST_TOKEN);
        }
        Duration lifetime = lifetime(form.getOrDefault("DurationSeconds", "3600"));
        IdentityTokens.Claims claims = tokens.read(token);
        if (!claims.isForAws()) {
            throw new Refusal(400, "InvalidIdentityToken", "Incorrect token audience");
        }
        if (!role.group(1).equals(settings.account()) || !claims.subject().matches(settings.trustedSubjects())) {
            throw new Refusal(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
        Optional<InlinePolicy> policy =
                form.containsKey("Policy") ? Optional.of(InlinePolicy.parse(form.get("Policy"))) : Optional.empty();
        return result(sessions.issue(role.group(2), sessionName, lifetime, policy), claims);
    }

    private String result(Sessions.Session session, IdentityTokens.Claims claims) {
        String credentials = Xml.element("AccessKeyId", session.accessKeyId())
                + Xml.element("SecretAccessKey", session.secretKey())
                + Xml.element("SessionToken", session.token())
                + Xml.element(
                        "Expiration",
                        session.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        String user = Xml.element("Arn", session.arn()) + Xml.element("AssumedRoleId", "AROALOCAL:session");
        return "<Credentials>" + credentials + "</Credentials><AssumedRoleUser>" + user + "</AssumedRoleUser>"
                + Xml.element("SubjectFromWebIdentityToken", claims.subject())
                + Xml.element("Audience", claims.audience())
                + Xml.element(
                        "Provider",
                        "arn:" + settings.partition() + ":iam::" + settings.account() + ":oidc-provider/"
                                + claims.issuer().replace("https://", ""));
    }

    private static Duration lifetime(String seconds) throws Refusal {
        if (!seconds.matches("[0-9]{1,6}") || Integer.parseInt(seconds) < 900 || Integer.parseInt(seconds) > 43_200) {
            throw validation("durationSeconds", "Member must have value between 900 and 43200");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    private static String required(Map<String, String> form, String field) throws Refusal {
        String value = form.getOrDefault(field, "");
        if (value.isEmpty()) {
            throw validation(field, "Member must not be null");
        }
        return value;
    }

    private static Refusal validation(String field, String constraint) {
        return new Refusal(
                400,
                "ValidationError",
                "1 validation error detected: Value at '" + field + "' failed to satisfy constraint: " + constraint);
    }
}
