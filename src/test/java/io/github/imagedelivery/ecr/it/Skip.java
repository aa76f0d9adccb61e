package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** Told to skip, the goal asks nobody and says so in one line. */
public final class Skip {
    private Skip() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).isEmpty();
            assertThat(scenario.log()).containsOnlyOnce("orders: no image, since ecr.skip is set");
        });
    }
}
