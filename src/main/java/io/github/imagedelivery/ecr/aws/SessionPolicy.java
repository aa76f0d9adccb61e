package io.github.imagedelivery.ecr.aws;

import io.github.imagedelivery.ecr.oci.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The inline policy of a session: of what its role allows, only what this plugin does and only the repositories of this
 * build. It gives nothing that the role does not have.
 *
 * @param json the policy
 * @param written ARNs of the repositories that are pushed to, the last character perhaps a {@code *}
 * @param read ARNs of those that are only read, likewise
 * @param scope the repositories in words
 */
record SessionPolicy(String json, Set<String> written, Set<String> read, String scope) {
    /** What AWS STS takes at most, in characters; it packs the policy as well and limits that, too. */
    static final int LONGEST = 2048;

    /** What AWS STS answers when a policy is too large once it is packed. */
    static final String TOO_LARGE = "PackedPolicyTooLarge";

    private static final String REPOSITORY = ":repository/";

    /**
     * Actions that concern no repository, or keys and profiles that only the role's own policy can know: the login to a
     * private and to the public registry, a template by which a push creates its repository, the signature of managed
     * signing (made with the identity of who pushes), a customer's key for a new repository.
     */
    private static final List<String> ANYWHERE = List.of(
            "ecr:GetAuthorizationToken",
            "ecr:DescribeRepositoryCreationTemplates",
            "ecr-public:GetAuthorizationToken",
            "sts:GetServiceBearerToken",
            "signer:SignPayload",
            "kms:CreateGrant",
            "kms:DescribeKey",
            "kms:RetireGrant");

    /**
     * A base that a pull-through cache does not hold yet is imported by the first who reads it, into a repository that is
     * created for it.
     */
    private static final List<String> READ = List.of(
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:BatchImportUpstreamImage",
            "ecr:CreateRepository",
            "ecr:GetDownloadUrlForLayer");

    private static final List<String> WRITE = Stream.concat(
                    READ.stream(),
                    Stream.of(
                            "ecr:BatchDeleteImage",
                            "ecr:CompleteLayerUpload",
                            "ecr:DescribeImages",
                            "ecr:DescribeRepositories",
                            "ecr:InitiateLayerUpload",
                            "ecr:PutImage",
                            "ecr:TagResource",
                            "ecr:UploadLayerPart"))
            .sorted()
            .toList();

    /** Copies the patterns. */
    SessionPolicy {
        written = Set.copyOf(written);
        read = Set.copyOf(read);
    }

    /**
     * Returns the policies that may be sent, the narrowest first; there is one at least.
     *
     * @param pushed ARNs of the repositories that are pushed to
     * @param pulled ARNs of those that are read
     */
    static List<SessionPolicy> candidates(Collection<String> pushed, Collection<String> pulled) {
        Set<String> written = new TreeSet<>(pushed);
        Set<String> read = new TreeSet<>(pulled);
        read.removeAll(written);
        int count = written.size() + read.size();
        String number = count == 1 ? "1 repository" : count + " repositories";
        List<SessionPolicy> policies = new ArrayList<>();
        policies.add(of(written, read, number));
        policies.add(of(
                widened(written, SessionPolicy::commonPrefix),
                widened(read, SessionPolicy::commonPrefix),
                "repositories whose names begin like those of its " + number));
        SessionPolicy widest = of(
                widened(written, names -> ""),
                widened(read, names -> ""),
                "all repositories of the registry of its " + number);
        // Names that begin with nothing in common make the second as wide as the last.
        policies.removeIf(policy -> policy.json.length() > LONGEST || policy.json.equals(widest.json));
        policies.add(widest);
        return policies;
    }

    private static SessionPolicy of(Set<String> written, Set<String> read, String scope) {
        List<Json> statements = new ArrayList<>();
        statements.add(statement(ANYWHERE, Set.of("*")));
        if (!written.isEmpty()) {
            statements.add(statement(WRITE, written));
        }
        if (!read.isEmpty()) {
            statements.add(statement(READ, read));
        }
        Json policy = Json.object().with("Version", Json.of("2012-10-17")).with("Statement", Json.array(statements));
        return new SessionPolicy(policy.toString(), written, read, scope);
    }

    private static Json statement(List<String> actions, Set<String> resources) {
        return Json.object()
                .with("Effect", Json.of("Allow"))
                .with("Action", Json.texts(actions))
                .with("Resource", Json.texts(resources));
    }

    /** Returns one pattern for each registry: what all names in it begin with, and then anything. */
    private static Set<String> widened(Set<String> arns, Function<List<String>, String> prefix) {
        Map<String, List<String>> names = new TreeMap<>();
        for (String arn : arns) {
            int name = arn.indexOf(REPOSITORY) + REPOSITORY.length();
            names.computeIfAbsent(arn.substring(0, name), registry -> new ArrayList<>())
                    .add(arn.substring(name));
        }
        Set<String> patterns = new TreeSet<>();
        names.forEach((registry, all) -> patterns.add(registry + prefix.apply(all) + "*"));
        return patterns;
    }

    /** Returns what all names begin with, up to the last separator. */
    private static String commonPrefix(List<String> names) {
        String common = names.get(0);
        for (String name : names) {
            while (!name.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common.substring(0, Math.max(common.lastIndexOf('/'), common.lastIndexOf('-')) + 1);
    }

    /** Tells whether the session may do with the repository what it is for. */
    boolean covers(String arn, boolean write) {
        return matches(written, arn) || (!write && matches(read, arn));
    }

    private static boolean matches(Set<String> patterns, String arn) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? arn.startsWith(pattern.substring(0, pattern.length() - 1))
                        : arn.equals(pattern));
    }
}
