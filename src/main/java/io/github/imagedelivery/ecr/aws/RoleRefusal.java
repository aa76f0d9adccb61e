package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.ci.IdentityToken.Claims;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.List;
import java.util.Optional;

/** Says what to do when AWS STS does not let a job assume its role (API reference, "AssumeRoleWithWebIdentity"). */
final class RoleRefusal {
    private static final String LATER =
            "run the build again, when AWS STS and the job's identity provider can be reached";

    private final RoleSettings role;
    private final IdentitySource source;
    private final Claims claims;
    private final TrustPolicy trust;

    /**
     * Creates the explanation.
     *
     * @param source where the refused token came from
     * @param claims what it says, unverified
     */
    RoleRefusal(RoleSettings role, IdentitySource source, Claims claims) {
        this.role = role;
        this.source = source;
        this.claims = claims;
        this.trust = new TrustPolicy(role.arn(), claims);
    }

    Advice advice(AwsException e) {
        String words = String.valueOf(e.getMessage());
        String remedy = switch (e.code()) {
            case "AccessDenied", "AccessDeniedException" -> notTrusted();
            case "InvalidIdentityToken" -> invalid(words);
            case "ExpiredTokenException", "ExpiredToken" -> expired();
            case "IDPRejectedClaim" ->
                "get a token that the identity provider accepts: the token has ended there, or was taken back";
            case "ValidationError" -> validation(words);
            case "PackedPolicyTooLarge" ->
                "give the identity token fewer session tags: they share the space with the session policy";
            case "MalformedPolicyDocument" -> "report this error: the session policy is made by this plugin";
            case "RegionDisabledException" ->
                "activate AWS STS in the region (IAM console, Account settings), or set AWS_ENDPOINT_URL_STS to that of"
                        + " another region";
            case AwsException.NO_ANSWER, AwsException.NOT_SENT -> unanswered(e);
            default -> LATER;
        };
        boolean aboutTrust = e.code().startsWith("AccessDenied");
        return new Advice(
                "the role " + role.arn() + " cannot be assumed", remedy, aboutTrust ? trust.explanation() : identity());
    }

    /** STS names its errors: a refusal without a name is by whoever stands between. */
    private static String unanswered(AwsException e) {
        return Barrier.of(e)
                .map(Barrier::remedy)
                .orElse(
                        e.isDefinite() && e.status() > 0
                                ? "let the proxy or firewall that has answered in place of AWS STS pass the request on"
                                : LATER);
    }

    private static String notTrusted() {
        return "let the role's trust policy admit the token (below), or correct ecr.roleArn if there is no such role";
    }

    private String invalid(String words) {
        if (words.contains("No OpenIDConnect provider")) {
            return "create the identity provider in the account " + role.arn().account()
                    + ": aws iam create-open-id-connect-provider --url " + Texts.shown(claims.issuer())
                    + " --client-id-list " + audience();
        }
        if (words.contains("audience")) {
            return "let the identity provider take the audience (aws iam add-client-id-to-open-id-connect-provider"
                    + " --open-id-connect-provider-arn " + trust.providerArn() + " --client-id " + audience()
                    + "), or get a token for another one with ecr.identityAudience";
        }
        if (words.contains("verification key")) {
            return "run the build again; if it persists, let AWS reach " + Texts.shown(claims.issuer())
                    + "/.well-known/openid-configuration and the keys that it names";
        }
        return "get an identity token that " + Texts.shown(claims.issuer()) + " has signed for this job";
    }

    private String expired() {
        String end = claims.expiresAt().map(at -> " at " + at).orElse("");
        return source.isRenewable()
                ? "set the clock of this machine: " + source.name() + " gave a token that has ended" + end
                : "let the token of " + source.name() + ", which ended" + end
                        + " and is given once for a job, live longer, or raise ecr.sessionDuration so that one session"
                        + " lasts for the build";
    }

    private String validation(String words) {
        if (words.contains("DurationSeconds")
                || words.contains("MaxSessionDuration")
                || words.contains("durationSeconds")) {
            return "set ecr.sessionDuration to no more than the role allows, or raise that: aws iam update-role"
                    + " --role-name " + role.arn().name() + " --max-session-duration "
                    + role.duration().toSeconds();
        }
        return "correct ecr.roleArn, or what else the message names";
    }

    private String audience() {
        return Optional.of(claims.audiences())
                .filter(audiences -> !audiences.isEmpty())
                .map(audiences -> Texts.shown(audiences.get(0)))
                .orElse("sts.amazonaws.com");
    }

    private List<String> identity() {
        return trust.identity();
    }
}
