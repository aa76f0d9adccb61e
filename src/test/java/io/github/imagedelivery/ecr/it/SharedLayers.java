package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Three services of one parent, which has dependencies for all of them. First all are built, two at a time; then one of
 * them alone, one in its own directory, and the last by a build that is resumed.
 */
public final class SharedLayers {
    private static final String SHARED = "shared-dependencies";
    private static final List<String> SERVICES = List.of("orders", "billing", "shipping");

    private SharedLayers() {}

    public static void afterAll(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        for (String service : SERVICES) {
            scenario.onlyTags(service, scenario.git().head(), "1.4.0");
            assertThat(layers(scenario, service).keySet()).contains(SHARED, "project-dependencies");
            assertThat(layers(scenario, service).keySet()).doesNotContain("dependencies");
        }
        Set<Json> shared = new HashSet<>();
        for (String service : SERVICES) {
            shared.add(layers(scenario, service).get(SHARED).get("digest"));
        }
        assertThat(shared).as("digests of the shared layer").hasSize(1);
        scenario.ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            // Two requests each: no part of the reactor makes another image than the whole.
            assertThat(scenario.requests()).hasSize(2 * SERVICES.size());
            for (String service : SERVICES) {
                Digest digest = scenario.onlyTags(service, scenario.git().head(), "1.4.0");
                Json report = scenario.report(service);
                assertThat(report.get("result").text()).hasValue("ALREADY_PUBLISHED");
                assertThat(report.get("digest").text()).hasValue(digest.toString());
            }
        });
    }

    private static Map<String, Json> layers(Scenario scenario, String service) throws Exception {
        return scenario.report(service).get("layers").items().stream()
                .filter(layer -> !layer.get("name").text().equals(Optional.of("base")))
                .collect(Collectors.toMap(
                        layer -> layer.get("name").text().orElse(""), layer -> layer, (a, b) -> a, TreeMap::new));
    }
}
