package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Texts;
import io.github.imagedelivery.ecr.page.Browser;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Three services of one parent, which has dependencies for all of them; the plugin of the last has a class loader of its
 * own. First all are built, two at a time, and what they have in common is sent once. Then one of them is built alone, one
 * in its own directory, and the last by a build that is resumed: each finds its image there.
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
        assertThat(fates(scenario)).containsExactlyInAnyOrder("uploaded", "mounted", "mounted");
        isSentOnce(scenario);
        shows(scenario.file("target/ecr/report.html").toPath(), "PUBLISHED", directory.toPath());
        scenario.ecr().clearRequests();
    }

    /** Says what the registry has received, and what the build says of it. */
    private static void isSentOnce(Scenario scenario) throws Exception {
        long size = layers(scenario, "orders").get(SHARED).get("size").number().orElseThrow();
        assertThat(scenario.ecr().requests().stream().filter(request -> request.received() == size))
                .as("uploads of the shared layer")
                .hasSize(1);
        long saved = 0;
        for (String service : SERVICES) {
            saved += scenario.report(service).get("bytes").get("saved").number().orElseThrow();
        }
        assertThat(saved).isGreaterThan(2 * size);
        assertThat(scenario.log()).contains("3 images: ").contains(Texts.size(saved) + " saved, ");
    }

    private static List<String> fates(Scenario scenario) throws Exception {
        List<String> fates = new ArrayList<>();
        for (String service : SERVICES) {
            fates.add(layers(scenario, service).get(SHARED).get("fate").text().orElse(""));
        }
        return fates;
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            // One request each: no part of the reactor makes another image than the whole.
            assertThat(scenario.requests()).hasSize(SERVICES.size());
            for (String service : SERVICES) {
                Digest digest = scenario.onlyTags(service, scenario.git().head(), "1.4.0");
                Json report = scenario.report(service);
                assertThat(report.get("result").text()).hasValue("ALREADY_PUBLISHED");
                assertThat(report.get("digest").text()).hasValue(digest.toString());
            }
            // Of builds of two modules, of one and of another, there is one page of all.
            Path page = scenario.file("target/ecr/report.html").toPath();
            assertThat(scenario.log()).contains("Report of 3 images: ");
            shows(page, "ALREADY_PUBLISHED", directory.toPath());
            assertThat(page).content().contains("3 already published");
        });
    }

    /** Holds the page of the whole build, and takes its picture. */
    private static void shows(Path page, String picture, Path directory) throws Exception {
        assertThat(page)
                .content()
                .contains("<h1>3 images</h1>", "1.4.0")
                .contains(
                        SERVICES.stream().map(service -> ">" + service + "</a>").toList());
        // Not beside the sources: the working copy is to be clean for the builds that follow.
        Path aside = Files.createDirectories(directory.resolve("target/pictures"));
        Optional<Browser> browser = Browser.ifInstalled(aside);
        if (browser.isPresent()) {
            browser.get().screenshot(page, aside.resolve("report-" + picture + ".png"), 1100, 1500, true);
            assertThat(browser.get().dom(page)).doesNotContain("hidden=\"\"").contains(">Copy</button>");
        }
    }

    private static Map<String, Json> layers(Scenario scenario, String service) throws Exception {
        return scenario.report(service).get("layers").items().stream()
                .filter(layer -> !layer.get("name").text().equals(Optional.of("base")))
                .collect(Collectors.toMap(
                        layer -> layer.get("name").text().orElse(""), layer -> layer, (a, b) -> a, TreeMap::new));
    }
}
