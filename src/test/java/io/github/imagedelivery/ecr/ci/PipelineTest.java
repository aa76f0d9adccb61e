package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
    private static final Pipeline.Run UNKNOWN = new Pipeline.Run(Optional.empty(), Optional.empty());
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final String MERGE = "76543210fedcba9876543210fedcba9876543210";

    @TempDir
    static Path directory;

    private static Map<String, String> gitHub(String event, String payload) {
        try {
            Path file = Files.writeString(Files.createTempFile(directory, "event", ".json"), payload);
            return Map.of("GITHUB_ACTIONS", "true", "GITHUB_EVENT_NAME", event, "GITHUB_EVENT_PATH", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> systems() {
        return Stream.of(
                Arguments.of(
                        "GitHub Actions",
                        Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", SHA, "GITHUB_EVENT_NAME", "push"),
                        Map.of("GITHUB_REF_TYPE", "tag", "GITHUB_REF_NAME", "v1.2.0"),
                        gitHub("pull_request", "{\"pull_request\": {\"head\": {\"sha\": \"" + SHA + "\"}}}")),
                Arguments.of(
                        "GitLab CI",
                        Map.of("GITLAB_CI", "true", "CI_COMMIT_SHA", SHA),
                        Map.of("CI_COMMIT_TAG", "v1.2.0"),
                        Map.of("CI_MERGE_REQUEST_IID", "12")),
                Arguments.of(
                        "Jenkins",
                        Map.of("JENKINS_URL", "https://ci.example.com/", "GIT_COMMIT", SHA),
                        Map.of("TAG_NAME", "v1.2.0"),
                        Map.of("CHANGE_ID", "12")),
                Arguments.of(
                        "CircleCI",
                        Map.of("CIRCLECI", "true", "CIRCLE_SHA1", SHA),
                        Map.of("CIRCLE_TAG", "v1.2.0"),
                        Map.of("CIRCLE_PULL_REQUEST", "https://git.example.com/pull/12")),
                Arguments.of(
                        "Buildkite",
                        Map.of("BUILDKITE", "true", "BUILDKITE_COMMIT", SHA, "BUILDKITE_PULL_REQUEST", "false"),
                        Map.of("BUILDKITE_TAG", "v1.2.0"),
                        Map.of("BUILDKITE_PULL_REQUEST", "12")),
                Arguments.of(
                        "AWS CodeBuild",
                        Map.of("CODEBUILD_BUILD_ARN", "arn:x", "CODEBUILD_RESOLVED_SOURCE_VERSION", SHA),
                        Map.of("CODEBUILD_WEBHOOK_TRIGGER", "tag/v1.2.0"),
                        Map.of("CODEBUILD_WEBHOOK_TRIGGER", "pr/12")),
                Arguments.of(
                        "Bitbucket Pipelines",
                        Map.of("BITBUCKET_BUILD_NUMBER", "7", "BITBUCKET_COMMIT", SHA),
                        Map.of("BITBUCKET_TAG", "v1.2.0"),
                        Map.of("BITBUCKET_PR_ID", "12")),
                Arguments.of(
                        "Azure Pipelines",
                        Map.of("TF_BUILD", "True", "BUILD_SOURCEVERSION", SHA, "BUILD_SOURCEBRANCH", "refs/heads/main"),
                        Map.of("BUILD_SOURCEBRANCH", "refs/tags/v1.2.0"),
                        Map.of("SYSTEM_PULLREQUEST_PULLREQUESTID", "12")));
    }

    private static Optional<Pipeline> detect(Map<String, String> base, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(base);
        environment.putAll(more);
        return Pipeline.detect(environment);
    }

    /** The same without the run, which has tests of its own. */
    private static Pipeline withoutRun(Pipeline pipeline) {
        return new Pipeline(
                pipeline.name(), pipeline.commit(), pipeline.tag(), Optional.empty(), pipeline.pullRequest(), UNKNOWN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void readsTheCommitOfABranch(String name, Map<String, String> branch) {
        assertThat(Pipeline.detect(branch).map(PipelineTest::withoutRun))
                .contains(new Pipeline(name, Optional.of(SHA), Optional.empty(), Optional.empty(), false, UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void readsTheTag(String name, Map<String, String> branch, Map<String, String> tag) {
        assertThat(detect(branch, tag).map(PipelineTest::withoutRun))
                .contains(
                        new Pipeline(name, Optional.of(SHA), Optional.of("v1.2.0"), Optional.empty(), false, UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void knowsAPullRequest(
            String name, Map<String, String> branch, Map<String, String> tag, Map<String, String> pullRequest) {
        assertThat(detect(branch, pullRequest).map(PipelineTest::withoutRun))
                .contains(new Pipeline(name, Optional.of(SHA), Optional.empty(), Optional.empty(), true, UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "push, false",
        "create, false",
        "release, false",
        "schedule, false",
        "workflow_dispatch, false",
        "merge_group, false",
        "pull_request, true",
        "pull_request_target, true",
        "pull_request_review, true",
        "pull_request_review_comment, true"
    })
    void knowsTheEventsOfPullRequests(String event, boolean isPullRequest) {
        assertThat(Pipeline.detect(gitHub(event, "{}")).orElseThrow().pullRequest())
                .isEqualTo(isPullRequest);
    }

    @ParameterizedTest
    @CsvSource({
        "GITLAB_CI, CI_MERGE_REQUEST_IID, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA, CI_COMMIT_SHA",
        "TF_BUILD, SYSTEM_PULLREQUEST_PULLREQUESTID, SYSTEM_PULLREQUEST_SOURCECOMMITID, BUILD_SOURCEVERSION"
    })
    void readsTheHeadOfAPullRequestRatherThanItsMerge(String marker, String number, String head, String merge) {
        assertThat(Pipeline.detect(Map.of(marker, "true", number, "12", head, SHA, merge, MERGE))
                        .orElseThrow()
                        .commit())
                .contains(SHA);
    }

    @Test
    void readsTheHeadOfAPullRequestOutOfTheEventOfGitHub() {
        Map<String, String> event =
                gitHub("pull_request_target", "{\"pull_request\": {\"head\": {\"sha\": \"" + SHA + "\"}}}");

        assertThat(detect(event, Map.of("GITHUB_SHA", MERGE)).orElseThrow().commit())
                .contains(SHA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"pull_request\": null}", "{\"pull_request\": {\"head\": {\"sha\": 1}}}"})
    void takesNoMergeForTheHeadWhereTheEventTellsNone(String payload) {
        Map<String, String> merge = Map.of("GITHUB_SHA", MERGE);

        assertThat(detect(gitHub("pull_request", payload), merge).orElseThrow().commit())
                .isEmpty();
    }

    @Test
    void takesABranchNameForNoTag() {
        assertThat(Pipeline.detect(Map.of(
                                "GITHUB_ACTIONS", "true", "GITHUB_REF_TYPE", "branch", "GITHUB_REF_NAME", "main"))
                        .orElseThrow()
                        .tag())
                .isEmpty();
    }

    @Test
    void overlooksACommitThatIsNoFullId() {
        assertThat(Pipeline.detect(Map.of("BUILDKITE", "true", "BUILDKITE_COMMIT", "HEAD"))
                        .orElseThrow()
                        .commit())
                .isEmpty();
    }

    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of(
                        Map.of(
                                "GITHUB_ACTIONS", "true",
                                "GITHUB_RUN_ID", "123",
                                "GITHUB_SERVER_URL", "https://git.example.com",
                                "GITHUB_REPOSITORY", "shop/orders"),
                        "123",
                        "https://git.example.com/shop/orders/actions/runs/123"),
                Arguments.of(
                        Map.of(
                                "GITLAB_CI",
                                "true",
                                "CI_JOB_ID",
                                "123",
                                "CI_JOB_URL",
                                "https://git.example.com/-/jobs/123"),
                        "123",
                        "https://git.example.com/-/jobs/123"),
                Arguments.of(
                        Map.of(
                                "CIRCLECI",
                                "true",
                                "CIRCLE_BUILD_NUM",
                                "7",
                                "CIRCLE_BUILD_URL",
                                "https://ci.example.com/7"),
                        "7",
                        "https://ci.example.com/7"),
                Arguments.of(
                        Map.of(
                                "BUILDKITE", "true",
                                "BUILDKITE_BUILD_NUMBER", "7",
                                "BUILDKITE_BUILD_URL", "https://ci.example.com/7"),
                        "7",
                        "https://ci.example.com/7"),
                Arguments.of(
                        Map.of(
                                "CODEBUILD_BUILD_ARN", "arn:x",
                                "CODEBUILD_BUILD_ID", "orders:7",
                                "CODEBUILD_PUBLIC_BUILD_URL", "https://ci.example.com/7"),
                        "orders:7",
                        "https://ci.example.com/7"),
                Arguments.of(
                        Map.of("BITBUCKET_BUILD_NUMBER", "7", "BITBUCKET_REPO_FULL_NAME", "shop/orders"),
                        "7",
                        "https://bitbucket.org/shop/orders/pipelines/results/7"),
                Arguments.of(
                        Map.of(
                                "TF_BUILD", "True",
                                "BUILD_BUILDID", "7",
                                "SYSTEM_COLLECTIONURI", "https://dev.azure.com/shop/",
                                "SYSTEM_TEAMPROJECT", "All orders"),
                        "7",
                        "https://dev.azure.com/shop/All%20orders/_build/results?buildId=7"),
                Arguments.of(
                        Map.of(
                                "JENKINS_URL", "https://ci.example.com/",
                                "BUILD_TAG", "jenkins-orders-7",
                                "BUILD_URL", "https://ci.example.com/job/orders/7/"),
                        "jenkins-orders-7",
                        "https://ci.example.com/job/orders/7/"));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void readsTheRun(Map<String, String> environment, String id, String url) {
        assertThat(Pipeline.detect(environment).orElseThrow().run())
                .isEqualTo(new Pipeline.Run(Optional.of(id), Optional.of(url)));
    }

    @Test
    void knowsNoPageOfARunThatIsToldInPart() {
        assertThat(Pipeline.detect(Map.of("GITHUB_ACTIONS", "true", "GITHUB_RUN_ID", "123"))
                        .orElseThrow()
                        .run())
                .isEqualTo(new Pipeline.Run(Optional.of("123"), Optional.empty()));
    }

    @Test
    void seesNoPipelineOnADevelopersMachine() {
        assertThat(Pipeline.detect(Map.of("PATH", "/usr/bin", "CI", "true", "GITHUB_ACTIONS", "", "CIRCLECI", "false")))
                .isEmpty();
    }
}
