package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.File;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Three services are staged, and ECR refuses a version tag of the second: the build fails, and no image has a tag.
 * GitHub Actions, which seems to run it, is told once.
 */
public final class ReactorPublishRefused {
    private static final String REFUSAL = "The limit of images is reached";

    private ReactorPublishRefused() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Scenario.of(context)
                .ecr()
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("billing:1.4.0"),
                        Behaviour.answer(400, "LimitExceededException", REFUSAL));
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            scenario.noTags();
            String log = withoutCommands(scenario);
            int summary = log.indexOf("Reactor Summary");
            assertThat(summary).isPositive();
            // Before the summary is what became of each module; the reason comes once, as of any failure.
            assertThat(log.substring(0, summary)).contains("billing: the publication ended ");
            assertThat(log.substring(summary)).contains("BUILD FAILURE");
            if (!log.contains("[DEBUG]")) {
                // Under -X Maven adds the stack trace, which says it again.
                assertThat(log).containsOnlyOnce(REFUSAL);
            }
            assertThat(log).doesNotContain("-rf ", "resume");
            for (String service : new String[] {"orders", "billing", "shipping"}) {
                assertThat(scenario.report(service).get("result").text()).hasValue("FAILED_CLEAN");
            }
            showsTheFailureOnce(scenario);
        });
    }

    private static String withoutCommands(Scenario scenario) throws Exception {
        return scenario.log().lines().filter(line -> !line.startsWith("::")).collect(Collectors.joining("\n"));
    }

    private static void showsTheFailureOnce(Scenario scenario) throws Exception {
        assertThat(scenario.log().lines().filter(line -> line.startsWith("::error")))
                .singleElement()
                .asString()
                .contains(REFUSAL);
        assertThat(scenario.file("target/ecr/ecr.env"))
                .content()
                .contains("ECR_RESULT_BILLING=FAILED_CLEAN\n", "ECR_MODULES=orders,billing,shipping\n");
    }
}
