package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One class changed and committed: only the layer of classes and the config travel. Reverted: the config alone. */
public final class OneClassChanged {
    private OneClassChanged() {}

    public static void afterFirst(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Path source = scenario.file("src/main/java/com/example/App.java").toPath();
        Files.writeString(source, Files.readString(source).replace("App is up", "App is up again"));
        scenario.git().commit("Say it better");
        scenario.ecr().clearRequests();
    }

    /** Takes the change back, as somebody does whose release has gone wrong. */
    public static void afterSecond(Map<String, Object> context, File directory) throws Exception {
        Scenario scenario = Scenario.of(context);
        Golden.assertThatLines(scenario.requests()).match("one-class-changed");
        assertThat(uploaded(scenario)).containsExactly("classes");
        assertThat(scenario.ecr().requests().stream()
                        .mapToInt(request -> request.connection())
                        .distinct()
                        .count())
                .isLessThanOrEqualTo(4);
        assertThat(scenario.ecr().tags("orders")).hasSize(3).containsKey("1.4.1-SNAPSHOT");
        scenario.git().revert();
        scenario.ecr().clearRequests();
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Golden.assertThatLines(scenario.requests()).match("reverted");
            assertThat(uploaded(scenario)).isEmpty();
            assertThat(scenario.ecr().tags("orders"))
                    .hasSize(4)
                    .containsEntry(
                            "1.4.1-SNAPSHOT",
                            scenario.ecr().tags("orders").get(scenario.git().head()));
        });
    }

    private static List<String> uploaded(Scenario scenario) throws Exception {
        return scenario.report(".").get("layers").items().stream()
                .filter(layer -> layer.get("fate").text().orElse("").equals("uploaded"))
                .map(layer -> layer.get("name").text().orElse(""))
                .toList();
    }
}
