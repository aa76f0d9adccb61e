package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.util.Map;

/** The files of a reactor are written for all of its images, once, without asking anyone. */
public final class Setup {
    private static final String WORKFLOW = ".github/workflows/deploy.yml";

    private Setup() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).isEmpty();
            String permissions = read(scenario, "ecr-setup/permissions.json");
            assertThat(permissions).contains(":repository/orders\"", ":repository/shop/billing\"");
            assertThat(permissions).doesNotContain("model", "platform");
            assertThat(read(scenario, WORKFLOW))
                    .contains("branches: [\"trunk\"]", "deploy -Decr.registry=" + Scenario.REGISTRY + "\n");
            assertThat(read(scenario, "ecr-setup/trust.json"))
                    .contains("repo:Octo-Org/shop:ref:refs/heads/trunk", "repo:Octo-Org/shop:ref:refs/tags/v*");
            assertThat(scenario.file(".gitlab-ci.yml")).doesNotExist();
            assertThat(scenario.log())
                    .contains(WORKFLOW + " is there already")
                    .contains("Files are in the way; nothing was written")
                    .contains("cause: " + WORKFLOW + ", ecr-setup/README.md, ecr-setup/trust.json in ")
                    .contains(".gitlab-ci.yml:\n# Written by ecr:setup")
                    .contains("project_path:shop/orders:ref_type:branch:ref:main");
        });
    }

    private static String read(Scenario scenario, String path) throws Exception {
        return Files.readString(scenario.file(path).toPath());
    }
}
