package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties and goals that the text of a page names are there. */
class NamesOnPagesTest {
    private static final Pattern CODE = Pattern.compile("`(?:-D)?(ecr[.:][a-z][A-Za-z.]*[A-Za-z])(?:[=`][^`]*`?)");

    /** What the plugin sets, and the file for CI systems. */
    private static final Set<String> OTHERS = Set.of("ecr.imageReference", "ecr.digest", "ecr.env");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/site/markdown"))) {
            return Stream.concat(
                    Stream.of(Path.of("README.md")),
                    files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void areThere(Path page) throws IOException {
        List<String> names = CODE.matcher(Files.readString(page, UTF_8))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(names)
                .filteredOn(name -> !OTHERS.contains(name))
                .allMatch(name -> name.startsWith("ecr:")
                        ? MavenCommand.isGoal(name.substring("ecr:".length()))
                        : MavenCommand.isParameter(name));
    }
}
