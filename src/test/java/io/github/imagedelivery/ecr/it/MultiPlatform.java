package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One image for two platforms, in a repository whose tags never move; and once more, which sends nothing. */
public final class MultiPlatform {
    private MultiPlatform() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Scenario.of(context).property(context, "ecr.from", "scratch");
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).containsExactly("ecr:BatchGetImage");
            Digest digest = scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            Manifest index = scenario.ecr().manifest("orders", digest).orElseThrow();
            assertThat(index.entries().stream().map(entry -> entry.platform().toString()))
                    .containsExactly("linux/amd64", "linux/arm64/v8");
            Set<List<Digest>> layers = new HashSet<>();
            for (Manifest.IndexEntry entry : index.entries()) {
                Manifest image = scenario.ecr()
                        .manifest("orders", entry.manifest().digest())
                        .orElseThrow();
                layers.add(image.layers().stream().map(layer -> layer.digest()).toList());
            }
            assertThat(layers).as("layers of both platforms").hasSize(1);
            assertThat(scenario.report(".").get("platforms").items()).hasSize(2);
        });
    }
}
