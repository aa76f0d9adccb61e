package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** Three services and a library under one parent, checked at once and then built two modules at a time. */
public final class InheritsFromParent {
    private InheritsFromParent() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            for (String service : new String[] {"orders", "billing", "shipping"}) {
                scenario.onlyTags(service, scenario.git().head(), "1.4.0");
                assertThat(scenario.report(service).get("layers").items())
                        .extracting(layer -> layer.get("name").text().orElse(""))
                        .containsSubsequence("dependencies", "project-dependencies", "classes");
            }
            assertThat(scenario.ecr().tags("library")).isEmpty();
            assertThat(scenario.requests())
                    .filteredOn("sts:GetCallerIdentity"::equals)
                    .as("checks of the build")
                    .hasSize(1);
            assertThat(scenario.log())
                    .containsPattern("billing undo rights +ok|billing +ok +.*undo rights")
                    .containsPattern("library name and tags +unknown +not checked: a library");
            assertThat(scenario.log()).containsOnlyOnce("library: no image, since it has no main class");
        });
    }
}
