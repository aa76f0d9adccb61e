package io.github.imagedelivery.ecr.ci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the CI system says of its run. Only a cross-check: what was built is what is checked out.
 *
 * @param name name of the CI system
 * @param commit full id of the commit that the run is for; for a pull request the head of its branch, where the CI system
 *     tells it
 * @param tag name of the tag that the run is for
 * @param pullRequest whether the run is for a pull request
 */
public record Pipeline(String name, Optional<String> commit, Optional<String> tag, boolean pullRequest) {
    private static final List<Convention> CONVENTIONS = List.of(
            new Convention(
                    "GitHub Actions",
                    "GITHUB_ACTIONS",
                    GitHubEvent::commit,
                    Pipeline::gitHubTag,
                    GitHubEvent::isPullRequest),
            new Convention(
                    "GitLab CI",
                    "GITLAB_CI",
                    // The first is there where the pipeline builds the result of the merge.
                    in("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"),
                    in("CI_COMMIT_TAG"),
                    has("CI_MERGE_REQUEST_IID")),
            new Convention("CircleCI", "CIRCLECI", in("CIRCLE_SHA1"), in("CIRCLE_TAG"), has("CIRCLE_PULL_REQUEST")),
            new Convention(
                    "Buildkite",
                    "BUILDKITE",
                    in("BUILDKITE_COMMIT"),
                    in("BUILDKITE_TAG"),
                    has("BUILDKITE_PULL_REQUEST")),
            new Convention(
                    "AWS CodeBuild",
                    "CODEBUILD_BUILD_ARN",
                    in("CODEBUILD_RESOLVED_SOURCE_VERSION"),
                    variables -> after("tag/", value(variables, "CODEBUILD_WEBHOOK_TRIGGER")),
                    variables -> after("pr/", value(variables, "CODEBUILD_WEBHOOK_TRIGGER"))
                            .isPresent()),
            new Convention(
                    "Bitbucket Pipelines",
                    "BITBUCKET_BUILD_NUMBER",
                    in("BITBUCKET_COMMIT"),
                    in("BITBUCKET_TAG"),
                    has("BITBUCKET_PR_ID")),
            new Convention(
                    "Azure Pipelines",
                    "TF_BUILD",
                    in("SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION"),
                    variables -> after("refs/tags/", value(variables, "BUILD_SOURCEBRANCH")),
                    has("SYSTEM_PULLREQUEST_PULLREQUESTID")),
            new Convention("Jenkins", "JENKINS_URL", in("GIT_COMMIT"), in("TAG_NAME"), has("CHANGE_ID")));

    /** How one CI system speaks: the variable that shows that it is there, and where it says what. */
    private record Convention(
            String name,
            String marker,
            Function<Map<String, String>, Optional<String>> commit,
            Function<Map<String, String>, Optional<String>> tag,
            Predicate<Map<String, String>> pullRequest) {}

    /** Reads what the CI system says; empty if the variables are of none that is known here. */
    public static Optional<Pipeline> detect(Map<String, String> environment) {
        return CONVENTIONS.stream()
                .filter(convention -> has(convention.marker).test(environment))
                .findFirst()
                .map(convention -> new Pipeline(
                        convention.name,
                        // Buildkite says HEAD when a person started the run.
                        convention
                                .commit
                                .apply(environment)
                                .filter(id -> GitStatus.ID.matcher(id).matches()),
                        convention.tag.apply(environment),
                        convention.pullRequest.test(environment)));
    }

    private static Optional<String> gitHubTag(Map<String, String> variables) {
        return value(variables, "GITHUB_REF_TYPE")
                .filter("tag"::equals)
                .flatMap(type -> value(variables, "GITHUB_REF_NAME"));
    }

    /** Reads the first of the variables that is set. */
    private static Function<Map<String, String>, Optional<String>> in(String... names) {
        return variables -> Stream.of(names)
                .flatMap(name -> value(variables, name).stream())
                .findFirst();
    }

    private static Predicate<Map<String, String>> has(String variable) {
        return variables -> value(variables, variable)
                .filter(value -> !value.equalsIgnoreCase("false"))
                .isPresent();
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> after(String prefix, Optional<String> value) {
        return value.filter(text -> text.startsWith(prefix)).map(text -> text.substring(prefix.length()));
    }
}
