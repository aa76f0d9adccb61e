package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** GitHub's actions have one version wherever a document or a workflow names them. */
class ActionVersionsTest {
    private static final Pattern USES = Pattern.compile("uses: (\\S+)@(\\S+)");
    private static final Path TEMPLATE = Path.of("src/main/resources/io/github/imagedelivery/ecr/setup/github.yml");

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), TEMPLATE));
        for (String directory : List.of("src/site/markdown", ".github/workflows")) {
            try (Stream<Path> listed = Files.list(Path.of(directory))) {
                files.addAll(listed.filter(Files::isRegularFile).toList());
            }
        }
        return files;
    }

    private static List<MatchResult> actions(Path file) throws IOException {
        return USES.matcher(Files.readString(file)).results().toList();
    }

    @Test
    void namesEachActionByOneMajorVersionEverywhere() throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (Path file : files()) {
            for (MatchResult action : actions(file)) {
                versions.computeIfAbsent(action.group(1), name -> new TreeSet<>())
                        .add(action.group(2));
            }
        }

        assertThat(versions)
                .containsKeys("actions/checkout", "actions/setup-java")
                .allSatisfy((action, found) -> assertThat(found).hasSize(1).allMatch(text -> text.matches("v[0-9]+")));
    }

    @Test
    void looksWhereUsersCopyFrom() throws IOException {
        for (String file : List.of(
                "README.md",
                "src/site/markdown/standardized-image-delivery.md",
                "src/site/markdown/ci.md",
                "src/site/markdown/setup.md")) {
            assertThat(actions(Path.of(file))).as(file).isNotEmpty();
        }
    }
}
