package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is played by a shell script")
class CircleCiIdentityTest {
    @TempDir
    private Path directory;

    /** A job that has both the program, played by the script, and the variable. */
    private IdentitySource source(String script) throws IOException, IdentityException {
        Path program = Files.writeString(directory.resolve("circleci"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = Map.of(
                "CIRCLECI",
                "true",
                "PATH",
                directory + ":/usr/bin:/bin",
                "CIRCLE_OIDC_TOKEN_V2",
                Tokens.of("{\"sub\":\"variable\"}"),
                "JOB",
                "42");
        return IdentitySource.detect(environment, IdentitySettings.DEFAULT).orElseThrow();
    }

    @Test
    void asksTheProgramForTheAudience() throws Exception {
        IdentitySource source = source("echo \"$JOB $@\" > " + directory.resolve("arguments") + "; echo "
                + Tokens.of("{\"sub\":\"program\"}"));

        assertThat(source.name()).isEqualTo("CircleCI (circleci run oidc get)");
        assertThat(source.isRenewable()).isTrue();
        assertThat(source.fetch().claims().subject()).isEqualTo("program");
        assertThat(directory.resolve("arguments"))
                .hasContent("42 run oidc get --claims {\"aud\":\"sts.amazonaws.com\"}");
    }

    @Test
    void doesNotFallBackToTheVariableWhenTheProgramFails() throws Exception {
        IdentitySource source = source("echo 'no token for jobs like this' >&2; exit 3");

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.remedy()).contains("ecr.identityTokenEnv"))
                .hasMessage("CircleCI (circleci run oidc get): no identity token:"
                        + " exit status 3 no token for jobs like this");
    }

    @Test
    void refusesAnOutputThatIsNoToken() throws Exception {
        IdentitySource source = source("echo Usage:");

        assertThatThrownBy(source::fetch)
                .hasMessageContaining("no identity token: the identity token is no JWT: it has 1 parts instead of 3");
    }

    @Test
    void saysThatTheProgramCannotBeStarted() throws Exception {
        IdentitySource source = source("");
        Files.delete(directory.resolve("circleci"));

        assertThatThrownBy(source::fetch)
                .isInstanceOf(IdentityException.class)
                .hasMessageStartingWith(
                        "CircleCI (circleci run oidc get): no identity token: the program could not be started: ");
    }
}
