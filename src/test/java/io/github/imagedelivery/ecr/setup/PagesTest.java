package io.github.imagedelivery.ecr.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies and the pipelines on the site are those that {@code ecr:setup} writes. */
class PagesTest {
    private static final Path PAGES = Path.of("src/site/markdown");

    private static void assertShown(String page, String language, String content) throws Exception {
        assertThat(Files.readString(PAGES.resolve(page))).contains("```" + language + "\n" + content + "```\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"permissions", "permissions-undo", "trust"})
    void showsThePoliciesOfTheRole(String policy) throws Exception {
        assertShown("iam.md", "json", Setups.file(Setups.gitHub("shop/orders"), "ecr-setup/" + policy + ".json"));
    }

    @Test
    void showsThePolicyOfARepositoryInAnotherAccount() throws Exception {
        assertShown("iam.md", "json", Setups.file(Setups.otherAccount(), "ecr-setup/repository-policy.json"));
    }

    @Test
    void showsTheWorkflowOfGitHub() throws Exception {
        assertShown("setup.md", "yaml", Setups.file(Setups.gitHub("shop/orders"), ".github/workflows/deploy.yml"));
    }

    @Test
    void showsThePipelineOfGitLab() throws Exception {
        assertShown("setup.md", "yaml", Setups.file(Setups.gitLab(), ".gitlab-ci.yml"));
    }
}
