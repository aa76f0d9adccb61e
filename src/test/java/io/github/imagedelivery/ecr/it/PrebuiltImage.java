package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;

/** A layout of two platforms and a docker-archive, pushed by modules of packaging pom; and once more. */
public final class PrebuiltImage {
    private PrebuiltImage() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Scenario.of(context).property(context, "ecr.from", "scratch");
    }

    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(scenario.log())
                .contains("platform: no image, since its packaging is pom, and ecr.image is there for its modules")
                .contains("orders: the image of ecr.image is pushed as it is; without effect: ecr.from");
        assertThat(scenario.report("orders").get("result").text()).hasValue("PUBLISHED");
        scenario.ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).containsExactly("ecr:BatchGetImage", "ecr:BatchGetImage");
            Digest orders = scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            assertThat(orders).hasToString(inLayout(scenario));
            assertThat(scenario.ecr().manifest("orders", orders).orElseThrow().entries())
                    .hasSize(2);
            Digest billing = scenario.onlyTags("billing", scenario.git().head(), "1.4.0");
            Manifest image = scenario.ecr().manifest("billing", billing).orElseThrow();
            assertThat(image.config().orElseThrow().digest()).isIn(imageIds(scenario, orders));
            assertThat(scenario.report("billing").get("result").text()).hasValue("ALREADY_PUBLISHED");
            assertThat(scenario.report("billing").get("prebuilt").isTrue()).isTrue();
        });
    }

    private static String inLayout(Scenario scenario) throws Exception {
        Json index = Json.parse(Files.readAllBytes(
                scenario.file("source/target/ecr/image/index.json").toPath()));
        return index.get("manifests").items().get(0).get("digest").text().orElseThrow();
    }

    /** The archive is of the layout's first platform. */
    private static Iterable<Digest> imageIds(Scenario scenario, Digest index) throws Exception {
        Digest first = scenario.ecr()
                .manifest("orders", index)
                .orElseThrow()
                .entries()
                .get(0)
                .manifest()
                .digest();
        return scenario.ecr().manifest("orders", first).orElseThrow().config().stream()
                .map(config -> config.digest())
                .toList();
    }
}
