package io.github.imagedelivery.ecr.ci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the CI system says of its run. Only a cross-check: what was built is what is checked out.
 *
 * @param name name of the CI system
 * @param commit full id of the commit that the run is for; for a pull request often a merge that is on no branch
 * @param tag name of the tag that the run is for
 * @param pullRequest whether the run is for a pull request
 */
public record Pipeline(String name, Optional<String> commit, Optional<String> tag, boolean pullRequest) {
    private static final List<Convention> CONVENTIONS = List.of(
            new Convention(
                    "GitHub Actions",
                    "GITHUB_ACTIONS",
                    "GITHUB_SHA",
                    Pipeline::gitHubTag,
                    variables ->
                            value(variables, "GITHUB_EVENT_NAME").orElse("").startsWith("pull_request")),
            new Convention(
                    "GitLab CI", "GITLAB_CI", "CI_COMMIT_SHA", tagIn("CI_COMMIT_TAG"), has("CI_MERGE_REQUEST_IID")),
            new Convention("CircleCI", "CIRCLECI", "CIRCLE_SHA1", tagIn("CIRCLE_TAG"), has("CIRCLE_PULL_REQUEST")),
            new Convention(
                    "Buildkite",
                    "BUILDKITE",
                    "BUILDKITE_COMMIT",
                    tagIn("BUILDKITE_TAG"),
                    has("BUILDKITE_PULL_REQUEST")),
            new Convention(
                    "AWS CodeBuild",
                    "CODEBUILD_BUILD_ARN",
                    "CODEBUILD_RESOLVED_SOURCE_VERSION",
                    variables -> after("tag/", value(variables, "CODEBUILD_WEBHOOK_TRIGGER")),
                    variables -> after("pr/", value(variables, "CODEBUILD_WEBHOOK_TRIGGER"))
                            .isPresent()),
            new Convention(
                    "Bitbucket Pipelines",
                    "BITBUCKET_BUILD_NUMBER",
                    "BITBUCKET_COMMIT",
                    tagIn("BITBUCKET_TAG"),
                    has("BITBUCKET_PR_ID")),
            new Convention(
                    "Azure Pipelines",
                    "TF_BUILD",
                    "BUILD_SOURCEVERSION",
                    variables -> after("refs/tags/", value(variables, "BUILD_SOURCEBRANCH")),
                    has("SYSTEM_PULLREQUEST_PULLREQUESTID")),
            new Convention("Jenkins", "JENKINS_URL", "GIT_COMMIT", tagIn("TAG_NAME"), has("CHANGE_ID")));

    /** How one CI system speaks: the variable that shows that it is there, and where it says what. */
    private record Convention(
            String name,
            String marker,
            String commit,
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
                        value(environment, convention.commit)
                                .filter(id -> GitStatus.ID.matcher(id).matches()),
                        convention.tag.apply(environment),
                        convention.pullRequest.test(environment)));
    }

    private static Optional<String> gitHubTag(Map<String, String> variables) {
        return value(variables, "GITHUB_REF_TYPE")
                .filter("tag"::equals)
                .flatMap(type -> value(variables, "GITHUB_REF_NAME"));
    }

    private static Function<Map<String, String>, Optional<String>> tagIn(String variable) {
        return variables -> value(variables, variable);
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
