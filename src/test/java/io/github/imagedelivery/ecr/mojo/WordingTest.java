package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordingTest {
    private static final Path SOURCES = Path.of("src/main/java/io/github/imagedelivery/ecr/mojo");
    private static final Pattern LINE_IN_THE_LOG = Pattern.compile(
            "\\b(?:log|getLog\\(\\))\\s*\\.(?:debug|info|warn|error)\\(|\\blog::(?:debug|info|warn|error)");

    @Test
    void isInTheClassesThatAreForItAlone() throws IOException {
        List<String> speakers;
        try (Stream<Path> files = Files.list(SOURCES)) {
            speakers = files.filter(WordingTest::speaks)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
        }

        assertThat(speakers).containsExactly("FindingTable", "GoalLog", "LoginLog", "MavenDeliveryLog", "PlanLog");
    }

    private static boolean speaks(Path file) {
        try {
            return LINE_IN_THE_LOG.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
