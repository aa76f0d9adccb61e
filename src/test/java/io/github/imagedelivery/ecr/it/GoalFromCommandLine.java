package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.util.Map;

/** The four flags of the script that the goal replaces, in a project that does not know the plugin. */
public final class GoalFromCommandLine {
    private GoalFromCommandLine() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            scenario.onlyTags("shop/orders", "0123456789abcdef0123456789abcdef01234567", "2.0.0_build.7");
            Json coordinates = scenario.report(".").get("coordinates");
            assertThat(source(coordinates, "registry")).isEqualTo("ecr.registry");
            assertThat(source(coordinates, "repository")).isEqualTo("ecr.name");
            assertThat(source(coordinates, "sha")).isEqualTo("ecr.sha");
            assertThat(source(coordinates, "version")).isEqualTo("ecr.version");
        });
    }

    private static String source(Json coordinates, String name) {
        return coordinates.get(name).get("source").text().orElse("");
    }
}
