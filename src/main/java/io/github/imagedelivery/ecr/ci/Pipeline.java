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
 * @param commit full id of the commit that the run is for; for a pull request the head of its branch, where the CI
 *     system tells it
 * @param tag name of the tag that the run is for
 * @param branch name of the branch that the run is for, for a pull request that of its own branch; empty for a tag
 * @param pullRequest whether the run is for a pull request
 * @param run the run itself
 */
public record Pipeline(
        String name,
        Optional<String> commit,
        Optional<String> tag,
        Optional<String> branch,
        boolean pullRequest,
        Run run) {
    private static final List<Convention> CONVENTIONS = List.of(
            new Convention(
                    "GitHub Actions",
                    "GITHUB_ACTIONS",
                    GitHubEvent::commit,
                    Pipeline::gitHubTag,
                    Pipeline::gitHubBranch,
                    GitHubEvent::isPullRequest,
                    new RunNames("GITHUB_RUN_ID", Pipeline::gitHubUrl)),
            new Convention(
                    "GitLab CI",
                    "GITLAB_CI",
                    // The first is there where the pipeline builds the result of the merge.
                    in("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA"),
                    in("CI_COMMIT_TAG"),
                    in("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"),
                    has("CI_MERGE_REQUEST_IID"),
                    new RunNames("CI_JOB_ID", in("CI_JOB_URL"))),
            new Convention(
                    "CircleCI",
                    "CIRCLECI",
                    in("CIRCLE_SHA1"),
                    in("CIRCLE_TAG"),
                    in("CIRCLE_BRANCH"),
                    has("CIRCLE_PULL_REQUEST"),
                    new RunNames("CIRCLE_BUILD_NUM", in("CIRCLE_BUILD_URL"))),
            new Convention(
                    "Buildkite",
                    "BUILDKITE",
                    in("BUILDKITE_COMMIT"),
                    in("BUILDKITE_TAG"),
                    in("BUILDKITE_BRANCH"),
                    has("BUILDKITE_PULL_REQUEST"),
                    new RunNames("BUILDKITE_BUILD_NUMBER", in("BUILDKITE_BUILD_URL"))),
            new Convention(
                    "AWS CodeBuild",
                    "CODEBUILD_BUILD_ARN",
                    in("CODEBUILD_RESOLVED_SOURCE_VERSION"),
                    variables -> after("tag/", variables.value("CODEBUILD_WEBHOOK_TRIGGER")),
                    variables -> after("branch/", variables.value("CODEBUILD_WEBHOOK_TRIGGER")),
                    variables -> after("pr/", variables.value("CODEBUILD_WEBHOOK_TRIGGER"))
                            .isPresent(),
                    new RunNames("CODEBUILD_BUILD_ID", in("CODEBUILD_PUBLIC_BUILD_URL"))),
            new Convention(
                    "Bitbucket Pipelines",
                    "BITBUCKET_BUILD_NUMBER",
                    in("BITBUCKET_COMMIT"),
                    in("BITBUCKET_TAG"),
                    in("BITBUCKET_BRANCH"),
                    has("BITBUCKET_PR_ID"),
                    new RunNames("BITBUCKET_BUILD_NUMBER", Pipeline::bitbucketUrl)),
            new Convention(
                    "Azure Pipelines",
                    "TF_BUILD",
                    in("SYSTEM_PULLREQUEST_SOURCECOMMITID", "BUILD_SOURCEVERSION"),
                    variables -> after("refs/tags/", variables.value("BUILD_SOURCEBRANCH")),
                    variables -> after(
                            "refs/heads/",
                            in("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH")
                                    .apply(variables)),
                    has("SYSTEM_PULLREQUEST_PULLREQUESTID"),
                    new RunNames("BUILD_BUILDID", Pipeline::azureUrl)),
            new Convention(
                    "Jenkins",
                    "JENKINS_URL",
                    in("GIT_COMMIT"),
                    in("TAG_NAME"),
                    // The last is that of a job for one branch, and says where the branch comes from.
                    variables -> in("CHANGE_BRANCH", "BRANCH_NAME")
                            .apply(variables)
                            .or(() -> after("origin/", variables.value("GIT_BRANCH"))),
                    has("CHANGE_ID"),
                    new RunNames("BUILD_TAG", in("BUILD_URL"))));

    /** How one CI system speaks: the variable that shows that it is there, and where it says what. */
    private record Convention(
            String name,
            String marker,
            Function<Variables, Optional<String>> commit,
            Function<Variables, Optional<String>> tag,
            Function<Variables, Optional<String>> branch,
            Predicate<Variables> pullRequest,
            RunNames names) {
        Pipeline read(Variables variables) {
            Optional<String> ofTag = tag.apply(variables);
            return new Pipeline(
                    name,
                    // Buildkite says HEAD when a person started the run.
                    commit.apply(variables)
                            .filter(id -> GitStatus.ID.matcher(id).matches()),
                    ofTag,
                    // Some CI systems say the tag's name here, too.
                    ofTag.isPresent() ? Optional.empty() : branch.apply(variables),
                    pullRequest.test(variables),
                    new Run(variables.value(names.id), names.url.apply(variables)));
        }
    }

    /** Where a CI system says which run it is. */
    private record RunNames(String id, Function<Variables, Optional<String>> url) {}

    /**
     * A run of a CI system.
     *
     * @param id what tells it from others of the same CI system
     * @param url where a browser sees it
     */
    public record Run(Optional<String> id, Optional<String> url) {}

    /** Reads what the CI system says; empty if the variables are of none that is known here. */
    public static Optional<Pipeline> detect(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return CONVENTIONS.stream()
                .filter(convention -> variables.has(convention.marker))
                .findFirst()
                .map(convention -> convention.read(variables));
    }

    private static Optional<String> gitHubTag(Variables variables) {
        return variables
                .value("GITHUB_REF_TYPE")
                .filter("tag"::equals)
                .flatMap(type -> variables.value("GITHUB_REF_NAME"));
    }

    /** The branch of a pull request has a variable of its own; the other one names the merge then. */
    private static Optional<String> gitHubBranch(Variables variables) {
        return variables
                .value("GITHUB_HEAD_REF")
                .or(() -> variables
                        .value("GITHUB_REF_TYPE")
                        .filter("branch"::equals)
                        .flatMap(type -> variables.value("GITHUB_REF_NAME"))
                        .filter(name -> !GitHubEvent.isPullRequest(variables)));
    }

    private static Optional<String> gitHubUrl(Variables variables) {
        return joined(variables, "GITHUB_SERVER_URL", "/", "GITHUB_REPOSITORY", "/actions/runs/", "GITHUB_RUN_ID");
    }

    private static Optional<String> bitbucketUrl(Variables variables) {
        return joined(variables, "BITBUCKET_REPO_FULL_NAME", "/pipelines/results/", "BITBUCKET_BUILD_NUMBER")
                .map(path -> "https://bitbucket.org/" + path);
    }

    private static Optional<String> azureUrl(Variables variables) {
        String page = "/_build/results?buildId=";
        // The collection ends with a slash; a project's name may have spaces.
        return joined(variables, "SYSTEM_COLLECTIONURI", "", "SYSTEM_TEAMPROJECT", page, "BUILD_BUILDID")
                .map(url -> url.replace(" ", "%20"));
    }

    /** Joins the values of variables, with a text between each two; empty if one is not set. */
    private static Optional<String> joined(Variables variables, String first, String... others) {
        Optional<String> joined = variables.value(first);
        for (int i = 0; i < others.length; i += 2) {
            String between = others[i];
            Optional<String> next = variables.value(others[i + 1]);
            joined = joined.flatMap(begin -> next.map(end -> begin + between + end));
        }
        return joined;
    }

    /** Reads the first of the variables that is set. */
    private static Function<Variables, Optional<String>> in(String... names) {
        return variables ->
                Stream.of(names).flatMap(name -> variables.value(name).stream()).findFirst();
    }

    private static Predicate<Variables> has(String variable) {
        return variables -> variables.has(variable);
    }

    private static Optional<String> after(String prefix, Optional<String> value) {
        return value.filter(text -> text.startsWith(prefix)).map(text -> text.substring(prefix.length()));
    }
}
