package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;

/**
 * One commit written to disk, planned and pushed: three times the same image, and only the push changes ECR. Then it is built
 * otherwise, and compared with what was pushed.
 */
public final class Outputs {
    private static final String BUILT = "built";

    private Outputs() {}

    public static void afterTheBuild(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        String digest = Files.readString(scenario.file("target/image.digest").toPath());
        context.put(BUILT, digest);
        assertThat(digest).isEqualTo(inLayout(scenario));
        assertThat(json(scenario, "target/image.json").get("imagePushed").isTrue())
                .isFalse();
        assertThat(scenario.requests()).noneMatch(request -> request.startsWith("ecr:Describe"));
        scenario.noTags();
        scenario.ecr().clearRequests();
    }

    private static String inLayout(Scenario scenario) throws Exception {
        Json index = json(scenario, "target/ecr/image/index.json");
        return index.get("manifests").items().get(0).get("digest").text().orElseThrow();
    }

    private static Json json(Scenario scenario, String file) throws Exception {
        return Json.parse(Files.readString(scenario.file(file).toPath()).getBytes(UTF_8));
    }

    public static void afterTheDryRun(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Json plan = json(scenario, "target/ecr/plan.json");
        assertThat(plan.get("digest").text()).hasValue((String) context.get(BUILT));
        assertThat(plan.get("tags").items()).hasSize(3);
        assertThat(scenario.requests()).noneMatch(request -> request.matches("ecr:(?:Put|Create|Batch(?:Del)).*"));
        scenario.noTags();
    }

    public static void afterThePush(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Digest digest = scenario.onlyTags("orders", scenario.git().head(), "1.4", "1.4.0");
        assertThat(digest).hasToString((String) context.get(BUILT));
        assertThat(json(scenario, "target/image.json").get("imagePushed").isTrue())
                .isTrue();
        scenario.ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Json diff = json(scenario, "target/ecr/diff.json");
            assertThat(diff.get("from").get("digest").text()).hasValue((String) context.get(BUILT));
            assertThat(diff.get("same").isTrue()).isFalse();
            assertThat(scenario.log())
                    .contains("orders: " + scenario.git().head() + " and this build differ")
                    .contains("orders:     label team: none -> \"red\"");
            assertThat(scenario.requests())
                    .isNotEmpty()
                    .allMatch(
                            request -> request.matches("ecr:(?:BatchGetImage|GetAuthorizationToken)|GET .*|store:.*"));
            scenario.onlyTags("orders", scenario.git().head(), "1.4", "1.4.0");
        });
    }
}
