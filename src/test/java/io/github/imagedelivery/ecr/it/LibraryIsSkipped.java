package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** Parents and libraries inherit the goal and are left alone. */
public final class LibraryIsSkipped {
    private LibraryIsSkipped() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).isEmpty();
            assertThat(scenario.log())
                    .containsOnlyOnce("platform: no image, since its packaging is pom")
                    .containsOnlyOnce("library: no image, since it has no main class");
        });
    }
}
