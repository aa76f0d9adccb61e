package io.github.imagedelivery.ecr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** A base that is locked: its tag moves, and the next build of the commit gives the same image all the same. */
public final class LockedBase {
    private static final String MOVED = "the tag has moved to";

    private LockedBase() {}

    private static String name(LocalEcr ecr) {
        return ecr.registryHost() + "/base/jre:17";
    }

    /** Names the base by its tag. */
    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        LocalEcr ecr = Scenario.registry();
        Scenario scenario = Scenario.start(context, directory, ecr);
        scenario.property(context, "ecr.from", name(ecr));
    }

    public static void afterTheLock(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Digest base = scenario.ecr().tags("base/jre").get("17");
        assertThat(lock(scenario)).contains("\"" + name(scenario.ecr()) + "\"", "\"linux/amd64\": \"" + base + "\"");
        assertThat(scenario.file("target/classes")).doesNotExist();
        scenario.noTags();
        scenario.git().commit("Lock the base image");
    }

    private static String lock(Scenario scenario) throws Exception {
        return Files.readString(scenario.file("ecr-lock.json").toPath(), UTF_8);
    }

    public static void afterTheDeploy(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
        context.put(MOVED, move(scenario.ecr()));
        scenario.ecr().clearRequests();
    }

    /** Points the tag at another image of the same content: its manifest has an annotation more. */
    private static Digest move(LocalEcr ecr) throws Exception {
        Manifest old = ecr.manifest("base/jre", ecr.tags("base/jre").get("17")).orElseThrow();
        Json json = old.json().with("annotations", Json.object().with("moved", Json.of("yes")));
        Manifest moved = Manifest.parse(json.bytes(), old.mediaType());
        ecr.seed("base/jre", "17", moved, List.of());
        return moved.digest();
    }

    public static void afterTheDryRun(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        assertThat(scenario.log()).contains(" -> " + context.get(MOVED), "is not written, as ecr.dryRun says");
        assertThat(lock(scenario)).doesNotContain(String.valueOf(context.get(MOVED)));
        scenario.ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.report(".").get("result").text()).hasValue("ALREADY_PUBLISHED");
            assertThat(scenario.requests()).as("nothing is asked of the base").containsExactly("ecr:BatchGetImage");
            scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
        });
    }
}
