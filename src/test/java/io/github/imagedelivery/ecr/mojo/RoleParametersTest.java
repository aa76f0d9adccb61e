package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.aws.RoleSettings;
import io.github.imagedelivery.ecr.ci.IdentitySource;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.mojo.RoleParameters.Circumstances;
import io.github.imagedelivery.ecr.oci.Proxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleParametersTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/delivery";
    private static final Map<String, String> GITHUB = Map.of(
            "GITHUB_ACTIONS",
            "true",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "https://pipelines.actions.githubusercontent.com/token?a=b",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "secret");

    private final PublishMojo raw = new PublishMojo();
    private final RoleParameters parameters = new RoleParameters(raw);

    private Optional<RoleSettings> role(Map<String, String> environment, boolean hasKeys) throws DeliveryException {
        return parameters.role(circumstances(environment, hasKeys));
    }

    private static Circumstances circumstances(Map<String, String> environment, boolean hasKeys) {
        return new Circumstances(environment, hasKeys, () -> "0123456789ab-42", List::of, Proxies.OF_THE_JVM);
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return all;
    }

    @Test
    void assumesNoRoleWhereNoneIsNamed() throws DeliveryException {
        assertThat(role(GITHUB, false)).isEmpty();
    }

    @Test
    void assumesTheRoleOfTheParameterWithTheTokenOfTheJobWhateverKeysThereAre() throws DeliveryException {
        raw.roleArn = ROLE;

        RoleSettings role = role(GITHUB, true).orElseThrow();

        assertThat(role.arn().value()).isEqualTo(ROLE);
        assertThat(role.duration()).isEqualTo(Duration.ofMinutes(15));
        assertThat(role.sessionName()).isEqualTo("0123456789ab-42");
        assertThat(role.source().orElseThrow().name()).startsWith("GitHub Actions");
    }

    @Test
    void refusesARoleOfTheParameterWithoutAToken() {
        raw.roleArn = ROLE;

        assertThatThrownBy(() -> role(Map.of(), true)).hasMessage("""
                The role arn:aws:iam::123456789012:role/delivery cannot be assumed; nothing was built or sent
                  cause: the build has no identity token: ecr.identityTokenFile, ecr.identityTokenEnv and\
                 AWS_WEB_IDENTITY_TOKEN_FILE are not set, and it runs in no CI system that is known to give one
                  to fix: set one of them, or leave ecr.roleArn out where you have AWS credentials of your own\
                 (-Decr.roleArn= on the command line)""");
    }

    @Test
    void takesTheRoleOfTheVariableWhereThereIsAToken() throws DeliveryException {
        assertThat(role(with(GITHUB, "AWS_ROLE_ARN", ROLE), false)).isPresent();
    }

    @Test
    void leavesTheVariableToTheSdkWhereThereAreKeysOrNoToken() throws DeliveryException {
        assertThat(role(with(GITHUB, "AWS_ROLE_ARN", ROLE), true)).isEmpty();
        assertThat(role(Map.of("AWS_ROLE_ARN", ROLE), false)).isEmpty();
    }

    @Test
    void leavesTheVariableToTheSdkWhereTheEnvironmentHasAKey() throws DeliveryException {
        Map<String, String> job = with(GITHUB, "AWS_ROLE_ARN", ROLE);

        assertThat(role(with(job, "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void takesABlankKeyOfTheEnvironmentForNone(String key) throws DeliveryException {
        Map<String, String> job = with(GITHUB, "AWS_ROLE_ARN", ROLE);

        assertThat(role(with(job, "AWS_ACCESS_KEY_ID", key), false)).isPresent();
    }

    @Test
    void readsOneFileOfATokenInAllModules(@TempDir Path top) throws Exception {
        Files.writeString(top.resolve("token"), "x");
        MavenProject[] modules = {TestSession.module(top, "one"), TestSession.module(top, "two")};
        MavenSession session = TestSession.of(top, modules);
        List<String> keys = new ArrayList<>();
        for (MavenProject module : modules) {
            session.setCurrentProject(module);
            raw.session = session;
            raw.roleArn = ROLE;
            raw.identityTokenFile = "token";

            assertThat(role(Map.of(), false)
                            .orElseThrow()
                            .source()
                            .orElseThrow()
                            .name())
                    .isEqualTo("file " + top.resolve("token") + " (ecr.identityTokenFile)");
            keys.add(parameters.key());
        }

        assertThat(keys).hasSize(2).containsOnly(keys.get(0));
    }

    @Test
    void showsTheYamlThatIsMissingBelowTheThreeLines() {
        raw.roleArn = ROLE;

        assertThatThrownBy(() -> role(Map.of("GITHUB_ACTIONS", "true"), false))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("cannot be assumed; nothing was built or sent\n  cause: GitHub Actions")
                .hasMessageContaining("\n        permissions:\n          id-token: write\n");
    }

    @Test
    void asksTheCiSystemByTheProxiesOfTheBuild() throws DeliveryException {
        raw.roleArn = ROLE;
        Proxies none = address -> {
            throw new IllegalArgumentException("no way to " + address.getHost());
        };

        IdentitySource source = parameters
                .role(new Circumstances(GITHUB, false, () -> "0123456789ab-42", List::of, none))
                .flatMap(RoleSettings::source)
                .orElseThrow();

        assertThatThrownBy(source::fetch).hasMessageStartingWith("no way to ");
    }

    @Test
    void assumesTheRoleOfBasesByTheCredentialsOfTheBuildWhereThereIsNoToken() throws DeliveryException {
        raw.sessionDuration = "PT2H";

        RoleSettings role =
                parameters.reader(RoleParameters.arn("ecr.base.roleArn", ROLE), circumstances(Map.of(), false));

        assertThat(role.source()).isEmpty();
        assertThat(role.duration()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"900, 900", "PT30M, 1800", "43200, 43200", "PT1H, 3600"})
    void readsADuration(String text, long seconds) throws DeliveryException {
        raw.sessionDuration = text;

        assertThat(parameters.duration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"899", "43201", "15m", "-900", "PT14M59S", "99999999999"})
    void refusesADurationThatStsWouldRefuse(String text) {
        raw.sessionDuration = text;

        assertThatThrownBy(parameters::duration)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("to fix: set it to seconds, from 900 to 43200, or ISO 8601 such as PT30M");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delivery",
                "arn:aws:iam::123456789012:user/x",
                "arn:aws:iam::1:role/x",
                "arn:aws:iam::123456789012:role/a b"
            })
    void refusesWhatIsNoRole(String text) {
        raw.roleArn = text;

        assertThatThrownBy(parameters::given)
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("ecr.roleArn has a value that cannot be used");
    }

    @Test
    void tellsModulesWithOtherRolesApart() {
        raw.roleArn = ROLE;
        String one = parameters.key();
        raw.identityTokenFile = "token";

        assertThat(parameters.key()).isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0123456789ab | 42 | 0123456789ab-42",
                "0123456789ab | '' | 0123456789ab",
                "'' | '' | ecr-maven-plugin",
                "a b/c | x:y | a-b-c-x-y"
            })
    void namesASessionOfWhatStsTakes(String revision, String run, String name) {
        assertThat(RoleSettings.sessionName(revision, run)).isEqualTo(name);
        assertThat(RoleSettings.sessionName(revision, "9".repeat(100))).hasSizeLessThanOrEqualTo(64);
    }
}
