package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** The same commit deployed twice: the second time asks once and sends nothing. */
public final class RepeatIsANoOp {
    private RepeatIsANoOp() {}

    public static void afterFirst(Map<String, Object> context, File directory) {
        Scenario.of(context).ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).containsExactly("ecr:BatchGetImage");
            scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            assertThat(scenario.report(".").get("result").text()).hasValue("ALREADY_PUBLISHED");
            assertThat(scenario.log()).contains("nothing changed");
        });
    }
}
