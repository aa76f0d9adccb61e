package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.image.RegistryLogins.Found;
import io.github.imagedelivery.ecr.oci.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from Docker's configuration; helpers run in a JVM of their own, whose search path is told to it. */
class DockerLoginsTest {
    /** Prints what it is asked on its second line, so that a test sees whose login was wanted. */
    private static final String HELPER = """
            #!/bin/sh
            read server
            echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"%s\\",\\"Secret\\":\\"helper-secret\\"}"
            """;

    @TempDir
    Path directory;

    private RegistryLogins logins(String config) throws Exception {
        return RegistryLogins.ofDocker(Files.writeString(file(), config), Duration.ofSeconds(30));
    }

    private Path file() {
        return directory.resolve("config.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"auths\":{\"ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}}}",
                "{\"auths\":{\"https://ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}}}",
                "{\"auths\":{\"https://ghcr.io/v2/\":{\"username\":\"mira\",\"password\":\"secret\"}}}"
            })
    void readsTheLoginOfAHost(String config) throws Exception {
        Found found = logins(config).find("ghcr.io");

        assertThat(found.login().orElseThrow().basic()).isEqualTo("bWlyYTpzZWNyZXQ=");
        assertThat(found.told()).isEqualTo(file().toString());
    }

    @Test
    void readsAnIdentityTokenAsARefreshToken() throws Exception {
        String config =
                "{\"auths\":{\"x.azurecr.io\":{\"auth\":\"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwOg==\","
                        + "\"identitytoken\":\"refresh\"}}}";

        Found found = logins(config).find("x.azurecr.io");

        assertThat(found.login().orElseThrow().isRefreshToken()).isTrue();
        assertThat(found.login().orElseThrow().secret()).isEqualTo("refresh");
    }

    @Test
    void lendsALoginToNoOtherHost() throws Exception {
        Found found = logins("{\"auths\":{\"ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}}}")
                .find("ghcr.io.example");

        assertThat(found.login()).isEmpty();
        assertThat(found.told()).isEqualTo(file() + " has none for ghcr.io.example");
    }

    @Test
    void saysThatThereIsNoFile() throws Exception {
        Found found = RegistryLogins.ofDocker(file(), Duration.ofSeconds(1)).find("ghcr.io");

        assertThat(found.login()).isEmpty();
        assertThat(found.told()).isEqualTo(file() + " is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/tmp/evil", "a b", "a;b", "A", "a.b", "x.exe.sh", "", "a\\n"})
    void startsNothingThatIsNotTheNameOfAHelper(String name) throws Exception {
        for (String config : List.of(
                "{\"credsStore\":\"" + name + "\"}",
                "{\"CREDSSTORE\":\"" + name + "\"}",
                "{\"credHelpers\":{\"ghcr.io\":\"" + name + "\"}}")) {
            ImageException refusal = catchThrowableOfType(
                    ImageException.class, () -> logins(config).find("ghcr.io"));

            assertThat(refusal.problem()).isEqualTo("The credential helpers of " + file() + " cannot be used");
            assertThat(refusal.remedy()).contains("-Decr.base.credentials=settings");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary-secret",
                "{\"auths\":{\"ghcr.io\":{\"auth\":\"canary-secret\"}}}",
                "{\"auths\":{\"ghcr.io\":{\"auth\":\"Y2FuYXJ5LXNlY3JldA==\"}}}",
                "{\"auths\":{\"ghcr.io\":{\"auth\":\"\"}}}"
            })
    void showsNothingOfAFileThatIsDamaged(String config) throws Exception {
        ImageException refusal =
                catchThrowableOfType(ImageException.class, () -> logins(config).find("ghcr.io"));

        assertThat(refusal.problem()).isEqualTo(file() + " cannot be read");
        assertThat(refusal).hasMessageNotContaining("canary").hasMessageNotContaining("Y2Fu");
    }

    @Test
    void writesNothing() throws Exception {
        RegistryLogins logins = logins(
                "{\"auths\":{\"ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}},\"credsStore\":\"not-installed-here\"}");
        Digest before = Digest.of(Files.readAllBytes(file()));

        logins.find("ghcr.io");

        assertThat(Digest.of(Files.readAllBytes(file()))).isEqualTo(before);
        assertThat(directory.toFile().list()).containsExactly("config.json");
    }

    @Test
    void goesOnToTheFileWhereTheHelperIsNotInstalled() throws Exception {
        Found found = logins("{\"auths\":{\"ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}},"
                        + "\"credsStore\":\"not-installed-here\"}")
                .find("ghcr.io");

        assertThat(found.login().orElseThrow().user()).isEqualTo("mira");
    }

    @Test
    void saysWhichHelperIsNotInstalled() throws Exception {
        Found found = logins("{\"credsStore\":\"not-installed-here\"}").find("ghcr.io");

        assertThat(found.told()).contains("has none for ghcr.io (", "docker-credential-not-installed-here");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void asksTheHelperOfTheHostBeforeThatOfAll() throws Exception {
        helper("for-one", HELPER.formatted("one"));
        helper("for-all", HELPER.formatted("all"));
        Files.writeString(file(), "{\"credHelpers\":{\"ghcr.io\":\"for-one\"},\"credsStore\":\"for-all\"}");

        assertThat(find("ghcr.io")).contains("user one, secret helper-secret");
        assertThat(find("quay.io")).contains("user all, secret helper-secret");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void takesTheTokenOfAHelperForARefreshToken() throws Exception {
        helper("acr", HELPER.formatted("<token>"));
        Files.writeString(file(), "{\"credsStore\":\"acr\"}");

        assertThat(find("x.azurecr.io")).contains("refresh token helper-secret");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void tellsNothingThatAHelperHasPrinted() throws Exception {
        helper("odd", "#!/bin/sh\nread server\necho '{\"Username\":\"\",\"Secret\":\"canary-secret\"}'\n");
        Files.writeString(file(), "{\"credsStore\":\"odd\"}");

        assertThat(find("ghcr.io")).contains("docker-credential-odd").doesNotContain("canary");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void waitsNotForEverForAHelper() throws Exception {
        helper("slow", "#!/bin/sh\nexec sleep 20\n");
        Files.writeString(file(), "{\"credsStore\":\"slow\"}");

        assertThat(find("ghcr.io", Duration.ofSeconds(1)))
                .contains("does not answer; it has said nothing for 1 seconds");
    }

    private void helper(String name, String script) throws Exception {
        Path program = Files.writeString(directory.resolve("docker-credential-" + name), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private String find(String host) throws Exception {
        return find(host, Duration.ofSeconds(60));
    }

    private String find(String host, Duration patience) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ShownLogin.class.getName(),
                file().toString(),
                host,
                String.valueOf(patience.toSeconds())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", directory.toString(), (old, ours) -> ours + ":" + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
