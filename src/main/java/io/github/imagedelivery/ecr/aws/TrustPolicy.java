package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.ci.IdentityToken.Claims;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trust policy that would let the bearer of an identity token assume a role. */
final class TrustPolicy {
    /** The longest subject that is worth printing; GitHub's have some 100 characters. */
    private static final int LONGEST = 500;

    /** GitHub's subjects: with names alone, or, for repositories since July 2026, with the ids that never change. */
    private static final Pattern GITHUB = Pattern.compile("repo:([^/:@]+)(?:@([0-9]+))?/([^/:@]+)(?:@([0-9]+))?(:.+)");

    /** An enterprise may have an issuer of its own, with its name as the path. */
    private static final Pattern GITHUB_ISSUER =
            Pattern.compile("https://token\\.actions\\.githubusercontent\\.com(?:/[^/]+)?");

    private static final String ASSUME = "sts:AssumeRoleWithWebIdentity";

    private final RoleArn role;
    private final Claims claims;

    TrustPolicy(RoleArn role, Claims claims) {
        this.role = role;
        this.claims = claims;
    }

    /** Returns the ARN of the identity provider that the token is from, in the role's account. */
    String providerArn() {
        return "arn:" + role.partition() + ":iam::" + role.account() + ":oidc-provider/" + provider();
    }

    private String provider() {
        return shown(claims.issuer()).replaceFirst("^https://", "");
    }

    /** Returns who the token says that the job is. */
    List<String> identity() {
        List<String> lines = new ArrayList<>();
        lines.add("identity token: issuer " + shown(claims.issuer()));
        lines.add("identity token: audience " + shown(String.join(", ", claims.audiences())));
        lines.add("identity token: subject " + shown(claims.subject()));
        return lines;
    }

    /** Returns the same, and a statement for the role's trust policy that admits the job. */
    List<String> explanation() {
        List<String> lines = new ArrayList<>(identity());
        gitHubForms().ifPresent(forms -> {
            lines.add(
                    "GitHub writes subjects in two forms; a trust policy with the other one does not admit this token:");
            lines.add("  by name:      " + forms.byName);
            lines.add("  immutable id: " + forms.byId);
        });
        lines.add("statement for the trust policy of " + role + " that admits it:");
        statement().pretty().lines().map(line -> "  " + line).forEach(lines::add);
        return lines;
    }

    private record Forms(String byName, String byId) {}

    private Optional<Forms> gitHubForms() {
        Matcher subject = GITHUB.matcher(shown(claims.subject()));
        if (!GITHUB_ISSUER.matcher(claims.issuer()).matches() || !subject.matches()) {
            return Optional.empty();
        }
        String owner = subject.group(1);
        String repository = subject.group(3);
        String rest = subject.group(5);
        String ownerId = id(subject.group(2), "repository_owner_id", "OWNER-ID");
        String repositoryId = id(subject.group(4), "repository_id", "REPOSITORY-ID");
        return Optional.of(new Forms(
                "repo:" + owner + "/" + repository + rest,
                "repo:" + owner + "@" + ownerId + "/" + repository + "@" + repositoryId + rest));
    }

    private String id(@Nullable String written, String claim, String unknown) {
        return Optional.ofNullable(written)
                .or(() -> Optional.ofNullable(claims.others().get(claim)).map(TrustPolicy::shown))
                .orElse(unknown);
    }

    /** Admits exactly this subject: whoever wants more writes it himself. */
    private Json statement() {
        String provider = provider();
        Json condition = Json.object()
                .with(
                        provider + ":aud",
                        Json.of(shown(
                                claims.audiences().isEmpty()
                                        ? ""
                                        : claims.audiences().get(0))))
                .with(provider + ":sub", Json.of(shown(claims.subject())));
        return Json.object()
                .with("Effect", Json.of("Allow"))
                .with("Principal", Json.object().with("Federated", Json.of(providerArn())))
                .with(
                        "Action",
                        claims.hasSessionTags() ? Json.texts(List.of(ASSUME, "sts:TagSession")) : Json.of(ASSUME))
                .with("Condition", Json.object().with("StringEquals", condition));
    }

    private static String shown(String claim) {
        return Texts.shown(claim, LONGEST);
    }
}
