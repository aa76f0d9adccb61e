package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** Two services are staged by one build and published together by another. */
public final class StageThenPublish {
    private StageThenPublish() {}

    public static void afterStaging(Map<String, Object> context, File directory) {
        Scenario scenario = Scenario.of(context);
        scenario.noTags();
        assertThat(scenario.ecr().images("orders")).hasSize(1);
        assertThat(scenario.file("orders/target/ecr/staged.json")).exists();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            for (String service : new String[] {"orders", "billing"}) {
                scenario.onlyTags(service, scenario.git().head(), "1.4.0");
                assertThat(scenario.report(service).get("result").text()).hasValue("PUBLISHED");
            }
        });
    }
}
