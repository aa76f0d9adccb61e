package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of AWS STS that lead from an identity token, or from other credentials, to an AWS session. */
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
                case "AssumeRoleWithWebIdentity" -> Xml.reply(200, Xml.response(action, webIdentity(form)));
                case "AssumeRole" -> Xml.reply(200, Xml.response(action, chained(form, call)));
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

    /**
     * What a session is asked for.
     *
     * @param account the role's
     * @param role its name
     */
    private record Wish(String account, String role, String name, Duration lifetime, Optional<InlinePolicy> policy) {
        static Wish of(Map<String, String> form) throws Refusal {
            Matcher role = ROLE.matcher(required(form, "RoleArn"));
            String name = required(form, "RoleSessionName");
            if (!role.matches()) {
                throw validation("roleArn", "must be the ARN of a role");
            }
            if (!SESSION_NAME.matcher(name).matches()) {
                throw validation("roleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
            }
            Optional<InlinePolicy> policy =
                    form.containsKey("Policy") ? Optional.of(InlinePolicy.parse(form.get("Policy"))) : Optional.empty();
            return new Wish(
                    role.group(1), role.group(2), name, duration(form.getOrDefault("DurationSeconds", "3600")), policy);
        }
    }

    private String chained(Map<String, String> form, Call call) throws Refusal {
        String caller = signer(call);
        Wish wish = Wish.of(form);
        if (!wish.account.equals(settings.account())) {
            throw new Refusal(
                    403,
                    "AccessDenied",
                    "User: " + caller + " is not authorized to perform: sts:AssumeRole on resource: "
                            + form.get("RoleArn"));
        }
        return granted(issue(wish));
    }

    private String webIdentity(Map<String, String> form) throws Refusal {
        String token = required(form, "WebIdentityToken");
        Wish wish = Wish.of(form);
        if (token.length() > LONGEST_TOKEN) {
            throw validation("webIdentityToken", "Member must have length less than or equal to " + LONGEST_TOKEN);
        }
        IdentityTokens.Claims claims = tokens.read(token);
        if (!claims.isForAws()) {
            throw new Refusal(400, "InvalidIdentityToken", "Incorrect token audience");
        }
        if (!wish.account.equals(settings.account()) || !claims.subject().matches(settings.trustedSubjects())) {
            throw new Refusal(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
        return granted(issue(wish))
                + Xml.element("SubjectFromWebIdentityToken", claims.subject())
                + Xml.element("Audience", claims.audience())
                + Xml.element(
                        "Provider",
                        "arn:" + settings.partition() + ":iam::" + settings.account() + ":oidc-provider/"
                                + claims.issuer().replace("https://", ""));
    }

    private Sessions.Session issue(Wish wish) {
        return sessions.issue(wish.role, wish.name, wish.lifetime, wish.policy);
    }

    private static String granted(Sessions.Session session) {
        String credentials = Xml.element("AccessKeyId", session.accessKeyId())
                + Xml.element("SecretAccessKey", session.secretKey())
                + Xml.element("SessionToken", session.token())
                + Xml.element(
                        "Expiration",
                        session.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        String user = Xml.element("Arn", session.arn()) + Xml.element("AssumedRoleId", "AROALOCAL:session");
        return "<Credentials>" + credentials + "</Credentials><AssumedRoleUser>" + user + "</AssumedRoleUser>";
    }

    private static Duration duration(String seconds) throws Refusal {
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
