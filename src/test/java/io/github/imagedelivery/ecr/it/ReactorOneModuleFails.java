package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** Three services are staged, two at a time, then a later goal of the last one fails: no image gets a tag. */
public final class ReactorOneModuleFails {
    private ReactorOneModuleFails() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            scenario.noTags();
            assertThat(scenario.log())
                    .contains("BUILD FAILURE")
                    .contains("The last goal of the last module fails")
                    .containsOnlyOnce("The build has failed, so no image was tagged.");
            for (String service : new String[] {"orders", "billing", "shipping"}) {
                String digest = scenario.ecr().images(service).get(0).toString();
                assertThat(scenario.log())
                        .containsOnlyOnce("  " + service + ": " + Scenario.REGISTRY + "/" + service + "@" + digest);
                assertThat(scenario.file(service + "/target/ecr/digest")).doesNotExist();
            }
        });
    }
}
