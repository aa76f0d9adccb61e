package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user names comes first, and what AWS names before what a CI system offers. */
class IdentityDetectionTest {
    private static final Map<String, String> GITHUB = Map.of(
            "GITHUB_ACTIONS", "true",
            "ACTIONS_ID_TOKEN_REQUEST_URL", "https://pipelines.actions.githubusercontent.com/1?api-version=2.0",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "secret");

    @TempDir
    private Path directory;

    private static Optional<IdentitySource> detect(Map<String, String> environment) throws IdentityException {
        return IdentitySource.detect(environment, IdentitySettings.DEFAULT);
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return more;
    }

    private Path file(String payload) throws IOException {
        return Files.writeString(directory.resolve("token"), Tokens.of(payload) + "\n");
    }

    @Test
    void prefersTheFileOfTheSettings() throws Exception {
        Map<String, String> environment = with(GITHUB, "AWS_WEB_IDENTITY_TOKEN_FILE", "/other");
        Path file = file("{\"sub\":\"mine\"}");

        IdentitySource source = IdentitySource.detect(
                        environment,
                        new IdentitySettings(IdentitySettings.DEFAULT_AUDIENCE, Optional.of(file), Optional.empty()))
                .orElseThrow();

        assertThat(source.name()).isEqualTo("file " + file + " (ecr.identityTokenFile)");
        assertThat(source.fetch().claims().subject()).isEqualTo("mine");
    }

    private static Optional<IdentitySource> inVariable(Map<String, String> environment, String name)
            throws IdentityException {
        return IdentitySource.detect(
                environment,
                new IdentitySettings(IdentitySettings.DEFAULT_AUDIENCE, Optional.empty(), Optional.of(name)));
    }

    @Test
    void prefersTheVariableOfTheSettings() throws Exception {
        Map<String, String> environment = with(GITHUB, "MY_TOKEN", Tokens.of("{\"sub\":\"mine\"}"));

        IdentitySource source = inVariable(environment, "MY_TOKEN").orElseThrow();

        assertThat(source.name()).isEqualTo("variable MY_TOKEN (ecr.identityTokenEnv)");
        assertThat(source.fetch().claims().subject()).isEqualTo("mine");
        assertThat(source.toString()).doesNotContain(Tokens.SIGNATURE);
    }

    @Test
    void doesNotFallBackFromAVariableThatIsNotSet() {
        assertThatThrownBy(() -> inVariable(GITHUB, "MY_TOKEN"))
                .isInstanceOf(IdentityException.class)
                .hasMessage("ecr.identityTokenEnv names the variable MY_TOKEN, which is not set");
    }

    @Test
    void doesNotShowATokenThatWasGivenForTheNameOfAVariable() {
        assertThatThrownBy(() -> inVariable(Map.of(), Tokens.of("{}")))
                .hasMessage("ecr.identityTokenEnv names the variable ***, which is not set");
    }

    @Test
    void refusesTwoSettingsThatContradictEachOther() {
        IdentitySettings settings = new IdentitySettings("a", Optional.of(Path.of("token")), Optional.of("MY_TOKEN"));

        assertThatThrownBy(() -> IdentitySource.detect(Map.of(), settings))
                .hasMessage("both ecr.identityTokenFile and ecr.identityTokenEnv are set");
    }

    @Test
    void prefersTheFileOfAwsToTheCiSystem() throws Exception {
        Path file = file("{}");
        Map<String, String> environment = with(GITHUB, "AWS_WEB_IDENTITY_TOKEN_FILE", file.toString());

        assertThat(detect(environment).orElseThrow().name())
                .isEqualTo("file " + file + " (AWS_WEB_IDENTITY_TOKEN_FILE)");
    }

    @Test
    void takesABlankVariableForNone() throws Exception {
        Map<String, String> environment = with(GITHUB, "AWS_WEB_IDENTITY_TOKEN_FILE", " ");

        assertThat(detect(environment).orElseThrow().name()).startsWith("GitHub Actions");
    }

    @Test
    void readsAFileAgainEachTime() throws Exception {
        IdentitySource source = detect(Map.of(
                        "AWS_WEB_IDENTITY_TOKEN_FILE", file("{\"sub\":\"1\"}").toString()))
                .orElseThrow();
        assertThat(source.fetch().claims().subject()).isEqualTo("1");

        file("{\"sub\":\"2\"}");

        assertThat(source.isRenewable()).isTrue();
        assertThat(source.fetch().claims().subject()).isEqualTo("2");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws Exception {
        IdentitySource source =
                detect(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere/token")).orElseThrow();

        assertThatThrownBy(source::fetch)
                .isInstanceOf(IdentityException.class)
                .hasMessage("file /nowhere/token (AWS_WEB_IDENTITY_TOKEN_FILE) cannot be read:"
                        + " NoSuchFileException: /nowhere/token");
    }

    @Test
    void namesTheFileThatHoldsNoToken() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "not a secret");
        IdentitySource source =
                detect(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", file.toString())).orElseThrow();

        assertThatThrownBy(source::fetch)
                .hasMessage("file " + file + " (AWS_WEB_IDENTITY_TOKEN_FILE):"
                        + " the identity token is no JWT: it has 1 parts instead of 3");
    }
}
