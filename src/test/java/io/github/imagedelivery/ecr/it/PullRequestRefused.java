package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** A run for a pull request pushes nothing, and the pull request shows why. */
public final class PullRequestRefused {
    private PullRequestRefused() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).isEmpty();
            assertThat(scenario.log().lines().filter(line -> line.startsWith("::")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "::error title=No image is pushed for a pull request; nothing was built or sent::cause: ")
                    .contains("%0A  to fix: ");
            assertThat(scenario.report(".").get("result").text()).hasValue("REFUSED");
            assertThat(scenario.file("target/ecr/ecr.env")).hasContent("ECR_RESULT=REFUSED\nECR_MODULES=orders");
            assertThat(scenario.file("target/github-summary")).content().contains("#### orders: REFUSED");
        });
    }
}
