package io.github.imagedelivery.ecr.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
    private static Job job() throws FormatException {
        return Setups.gitHub("shop/orders").job();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "trunk", "release/1.x", "1.0", "feature_a-b/C"})
    void takesNamesOfBranches(String name) throws Exception {
        assertThat(job().on(name).branch()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "a*", "v1/*", "a..b", "/a", "a/", "a\"b", "a\nb", "${{ x }}", "a#b", "**"})
    void refusesABranchThatIsAPatternOrNoName(String name) {
        assertThatThrownBy(() -> job().on(name)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "github.com/OWNER",
                "github.com/OWNER/REPOSITORY/x",
                "github.com/OWNER@1/REPOSITORY",
                "github.com/OWNER/*",
                "github.com/OWN ER/REPOSITORY",
                "gitlab.com/PROJECT",
                "gitlab.com/GROUP//PROJECT",
                "gitlab.com:8080/GROUP/PROJECT",
                "OWNER/REPOSITORY",
                "https://github.com/OWNER/REPOSITORY"
            })
    void refusesWhatIsNoSourceRepository(String text) {
        assertThatThrownBy(() -> Setups.source(text)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/OWNER/REPOSITORY, github.com/OWNER/REPOSITORY",
        "GitHub.com/OWNER@12/REPOSITORY@345, github.com/OWNER/REPOSITORY",
        "gitlab.example.com/group/sub.group/project, gitlab.example.com/group/sub.group/project"
    })
    void readsSourceRepositories(String text, String shown) throws Exception {
        assertThat(Setups.source(text).shown()).isEqualTo(shown);
    }

    @Test
    void asksWhichCiSystemAHostOfOnesOwnRuns() throws Exception {
        assertThatThrownBy(() -> Setups.source("git.example.com/o/r"))
                .hasMessageContaining("runs GitHub Actions or GitLab CI");
        assertThat(Source.parse("git.example.com/o/r", Optional.of(Source.Kind.GITLAB)))
                .isInstanceOf(GitLab.class);
    }

    @Test
    void refusesAnEnvironmentOfGitLab() throws Exception {
        Job job = Setups.gitLab().job();

        assertThatThrownBy(() -> job.in("production")).hasMessageContaining("do not name the environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other/*", "shop/*/x", "*", "shop*orders", "SHOP/*"})
    void refusesAPatternThatIsNoBeginningOfAllRepositories(String pattern) throws Exception {
        Destination target = Setups.gitHub("shop/orders", "shop/billing").target();

        assertThatThrownBy(() -> target.within(pattern)).isInstanceOf(FormatException.class);
    }

    @Test
    void keepsThePathOfARole() throws Exception {
        Role role = Role.parse("arn:aws-cn:iam::123456789012:role/ci/deploy/image-delivery");

        assertThat(role.ownPath()).contains("/ci/deploy/");
        assertThat(role.name()).isEqualTo("image-delivery");
        assertThat(role.arn()).isEqualTo("arn:aws-cn:iam::123456789012:role/ci/deploy/image-delivery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image-delivery", "arn:aws:iam::1:role/x", "arn:aws:sts::123456789012:assumed-role/x/y"})
    void refusesWhatIsNoRole(String arn) {
        assertThatThrownBy(() -> Role.parse(arn)).hasMessageContaining("is not the ARN of a role");
    }
}
