package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page "From jib-maven-plugin" has all that jib-maven-plugin has, and names nothing that this plugin lacks. */
class FromJibPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/from-jib.md");
    private static final Path NAMES = Path.of("src/test/resources/jib/parameters.txt");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");

    @Test
    void hasARowForEachGoalElementAndPropertyOfJib() throws IOException {
        List<String> names = names();

        assertThat(rows().flatMap(row -> codes(row.get(0)))).containsAll(names);
        assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void saysOfEachWhatItIsHereOrThatThereIsNone() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.get(1)).as(row.get(0)).matches("the same.*|refused.*|none|`ecr.*"));
    }

    @Test
    void namesNoPropertyAndNoGoalThatIsNotThere() throws IOException {
        String descriptor = descriptor();
        List<String> ours = CODE.matcher(
                        FENCED.matcher(Files.readString(PAGE, UTF_8)).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .filter(code -> code.matches("ecr[.:][A-Za-z.]*[A-Za-z]"))
                .distinct()
                .toList();

        assertThat(ours).hasSizeGreaterThan(25);
        assertThat(ours)
                .filteredOn(name -> !descriptor.contains(
                        name.startsWith("ecr:") ? "<goal>" + name.substring(4) + "</goal>" : "${" + name + "}"))
                .isEmpty();
    }

    @Test
    void callsNothingTheSameThatMavenWouldNotTake() throws IOException {
        String descriptor = descriptor();
        List<String> same = rows().filter(row -> row.get(1).startsWith("the same"))
                .flatMap(row -> codes(row.get(0)))
                .map(name -> name.replaceFirst("\\..*", ""))
                .distinct()
                .toList();

        assertThat(same).contains("from", "to", "container");
        assertThat(same)
                .filteredOn(name -> !descriptor.contains("<name>" + name + "</name>"))
                .isEmpty();
    }

    private static List<String> names() throws IOException {
        return Files.readAllLines(NAMES, UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    /** Returns the cells of each row that is about something that jib-maven-plugin has. */
    private static Stream<List<String>> rows() throws IOException {
        List<String> names = names();
        return Files.readAllLines(PAGE, UTF_8).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .filter(row -> codes(row.get(0)).anyMatch(names::contains));
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1));
    }

    private static String descriptor() throws IOException {
        try (InputStream in = PushMojo.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            assertThat(in).as("the plugin descriptor").isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
