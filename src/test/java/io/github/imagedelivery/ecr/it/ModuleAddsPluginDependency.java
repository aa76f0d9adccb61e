package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;

/** A module that adds a dependency to the plugin gets a class loader of its own, and works. */
public final class ModuleAddsPluginDependency {
    private ModuleAddsPluginDependency() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            scenario.onlyTags("billing", scenario.git().head(), "1.4.0");
            // Within one class loader, the modules of a build share one login.
            assertThat(scenario.requests())
                    .filteredOn(request -> request.contains("GetAuthorizationToken"))
                    .hasSize(2);
        });
    }
}
