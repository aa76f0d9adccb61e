package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.CiJob;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class IdentitySourceTest {
    private static LocalEcr ecr;

    @BeforeAll
    static void start() throws IOException {
        ecr = LocalEcr.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        ecr.close();
    }

    private static Optional<IdentitySource> detect(Map<String, String> environment) throws IdentityException {
        return IdentitySource.detect(environment, IdentitySettings.DEFAULT);
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> without(Map<String, String> environment, String name) {
        Map<String, String> less = new HashMap<>(environment);
        assertThat(less.remove(name)).isNotNull();
        return less;
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL), true, sts.amazonaws.com",
        "GITLAB, GitLab CI (AWS_ID_TOKEN), false, sts.amazonaws.com",
        "BITBUCKET, Bitbucket Pipelines (BITBUCKET_STEP_OIDC_TOKEN), false,"
                + " ari:cloud:bitbucket::workspace/00000000-0000-0000-0000-000000000003",
        "CIRCLECI, CircleCI (CIRCLE_OIDC_TOKEN_V2), false, 00000000-0000-0000-0000-000000000001",
        "BUILDKITE, Buildkite (BUILDKITE_AGENT_ENDPOINT), true, sts.amazonaws.com",
        "AZURE, Azure Pipelines (SYSTEM_OIDCREQUESTURI), true, api://AzureADTokenExchange"
    })
    void getsTheTokenOfEachCiSystem(CiJob job, String name, boolean renewable, String audience) throws Exception {
        IdentitySource source = detect(ecr.environment(job)).orElseThrow();

        assertThat(source.name()).isEqualTo(name);
        assertThat(source.isRenewable()).isEqualTo(renewable);
        assertThat(source.fetch().claims().audiences()).containsExactly(audience);
    }

    @ParameterizedTest
    @EnumSource(
            value = CiJob.class,
            names = {"GITHUB", "BUILDKITE"})
    void asksForTheAudienceThatIsSet(CiJob job) throws Exception {
        IdentitySettings settings = new IdentitySettings("https://aws & co", Optional.empty(), Optional.empty());

        IdentitySource source =
                IdentitySource.detect(ecr.environment(job), settings).orElseThrow();

        assertThat(source.fetch().claims().audiences()).containsExactly("https://aws & co");
    }

    @ParameterizedTest
    @EnumSource(
            value = CiJob.class,
            names = {"GITHUB", "BUILDKITE", "AZURE"})
    void getsANewTokenEachTime(CiJob job) throws Exception {
        IdentitySource source = detect(ecr.environment(job)).orElseThrow();

        assertThat(source.fetch().value()).isNotEqualTo(source.fetch().value());
    }

    @Test
    void asksNobodyBeforeATokenIsWanted() throws Exception {
        ecr.clearRequests();

        detect(ecr.environment(CiJob.GITHUB));

        assertThat(ecr.requests()).isEmpty();
    }

    @Test
    void namesTheVariableThatHoldsNoToken() throws Exception {
        IdentitySource source =
                detect(Map.of("GITLAB_CI", "true", "AWS_ID_TOKEN", "secret")).orElseThrow();

        assertThatThrownBy(source::fetch)
                .hasMessage("GitLab CI (AWS_ID_TOKEN): the identity token is no JWT: it has 1 parts instead of 3");
    }

    @Test
    void prefersTheVariableThatIsNamedForTheAudience() throws Exception {
        Map<String, String> environment = Map.of(
                "GITLAB_CI", "true", "AWS_ID_TOKEN", "1", "GITLAB_OIDC_TOKEN", "2", "STS_AMAZONAWS_COM_ID_TOKEN", "3");

        assertThat(detect(environment).orElseThrow().name()).isEqualTo("GitLab CI (STS_AMAZONAWS_COM_ID_TOKEN)");
        assertThat(detect(without(environment, "STS_AMAZONAWS_COM_ID_TOKEN"))
                        .orElseThrow()
                        .name())
                .isEqualTo("GitLab CI (GITLAB_OIDC_TOKEN)");
    }

    static Stream<Arguments> jobsWithoutAToken() {
        return Stream.of(
                Arguments.of(
                        without(ecr.environment(CiJob.GITHUB), "ACTIONS_ID_TOKEN_REQUEST_URL"),
                        "GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL): the job cannot ask for an identity token:"
                                + " ACTIONS_ID_TOKEN_REQUEST_URL is not set",
                        "    permissions:\n      id-token: write\n      contents: read\n"),
                Arguments.of(
                        without(ecr.environment(CiJob.GITHUB), "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
                        "GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL): the job cannot ask for an identity token:"
                                + " ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set",
                        "pull request from a fork"),
                Arguments.of(
                        Map.of("GITLAB_CI", "true"),
                        "GitLab CI: the job has no identity token: not set: STS_AMAZONAWS_COM_ID_TOKEN,"
                                + " GITLAB_OIDC_TOKEN, AWS_ID_TOKEN",
                        "    id_tokens:\n      AWS_ID_TOKEN:\n        aud: sts.amazonaws.com"),
                Arguments.of(
                        Map.of("BITBUCKET_BUILD_NUMBER", "7"),
                        "Bitbucket Pipelines: the job has no identity token: not set: BITBUCKET_STEP_OIDC_TOKEN",
                        "oidc: true"),
                Arguments.of(
                        Map.of("CIRCLECI", "true"),
                        "CircleCI: the job has no identity token: not set: CIRCLE_OIDC_TOKEN_V2, CIRCLE_OIDC_TOKEN",
                        "context: [aws]"),
                Arguments.of(
                        without(ecr.environment(CiJob.BUILDKITE), "BUILDKITE_AGENT_ACCESS_TOKEN"),
                        "Buildkite (BUILDKITE_AGENT_ENDPOINT): the job cannot ask for an identity token:"
                                + " BUILDKITE_AGENT_ACCESS_TOKEN is not set",
                        "BUILDKITE_AGENT_ACCESS_TOKEN"),
                Arguments.of(
                        without(ecr.environment(CiJob.AZURE), "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"),
                        "Azure Pipelines (SYSTEM_OIDCREQUESTURI): the job cannot ask for an identity token:"
                                + " AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is not set",
                        "SYSTEM_ACCESSTOKEN: $(System.AccessToken)"),
                Arguments.of(
                        Map.of("JENKINS_URL", "https://ci.example.com/"),
                        "Jenkins: the job has no identity token",
                        "withCredentials("));
    }

    @ParameterizedTest
    @MethodSource("jobsWithoutAToken")
    void showsWhatIsMissing(Map<String, String> environment, String problem, String remedy) {
        assertThatThrownBy(() -> detect(environment))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.remedy()).contains(remedy))
                .hasMessage(problem);
    }

    static List<Arguments> hostileAddresses() {
        return List.of(
                Arguments.of(CiJob.GITHUB, "ACTIONS_ID_TOKEN_REQUEST_URL"),
                Arguments.of(CiJob.BUILDKITE, "BUILDKITE_AGENT_ENDPOINT"),
                Arguments.of(CiJob.AZURE, "SYSTEM_OIDCREQUESTURI"));
    }

    @ParameterizedTest
    @MethodSource("hostileAddresses")
    void sendsNoSecretToAnAddressThatIsNotTheCiSystems(CiJob job, String variable) {
        Map<String, String> environment = with(ecr.environment(job), variable, "https://169.254.169.254/");

        assertThatThrownBy(() -> detect(environment))
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(
                        variable + " is not used: its host 169.254.169.254 is not one of the CI system");
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB, ACTIONS_ID_TOKEN_REQUEST_URL, GITHUB_SERVER_URL",
        "AZURE, SYSTEM_OIDCREQUESTURI, SYSTEM_COLLECTIONURI"
    })
    void takesTheHostOfAnInstallationOfOnesOwn(CiJob job, String variable, String server) throws Exception {
        Map<String, String> environment = with(ecr.environment(job), variable, "https://git.example.com/idtoken/1");

        assertThatThrownBy(() -> detect(environment)).hasMessageContaining("its host git.example.com is not one");
        assertThat(detect(with(environment, server, "https://git.example.com/")))
                .isPresent();
    }

    @Test
    void findsNothingOnADevelopersMachine() throws Exception {
        assertThat(detect(Map.of("PATH", "/usr/bin", "GITHUB_ACTIONS", "false")))
                .isEmpty();
    }
}
