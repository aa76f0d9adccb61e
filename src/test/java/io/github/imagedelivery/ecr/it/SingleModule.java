package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;

/** One module, from an empty repository to both tags. */
public final class SingleModule {
    private SingleModule() {}

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            Digest digest = scenario.onlyTags("orders", scenario.git().head(), "1.4.0");
            SameOnEveryMaven.check(directory, digest);
            assertThat(Files.readString(scenario.file("target/ecr/digest").toPath()))
                    .isEqualTo(digest.toString());
            assertThat(scenario.file("target/release-note.txt"))
                    .hasContent(Scenario.REGISTRY + "/orders@" + digest + " " + digest);
            assertThat(scenario.report(".").get("result").text()).hasValue("PUBLISHED");
            assertThat(scenario.log())
                    .contains("published under both tags, " + scenario.git().head() + " and 1.4.0")
                    .contains(digest.toString());
        });
    }
}
