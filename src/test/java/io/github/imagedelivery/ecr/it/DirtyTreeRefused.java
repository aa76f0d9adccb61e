package io.github.imagedelivery.ecr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.util.Map;

/** A working copy that differs from its commit is refused before anything is sent. */
public final class DirtyTreeRefused {
    private DirtyTreeRefused() {}

    public static void prepare(Map<String, Object> context, File directory) throws Exception {
        Scenario.prepare(context, directory);
        Files.writeString(directory.toPath().resolve("forgotten.txt"), "not committed");
    }

    public static void verify(Map<String, Object> context, File directory) throws Exception {
        Scenario.end(context, scenario -> {
            assertThat(scenario.requests()).isEmpty();
            assertThat(scenario.log())
                    .contains("The working copy differs from its commit")
                    .contains("cause: git status lists forgotten.txt")
                    .contains("to fix: commit or ignore these paths");
            assertThat(scenario.report(".").get("result").text()).hasValue("REFUSED");
        });
    }
}
