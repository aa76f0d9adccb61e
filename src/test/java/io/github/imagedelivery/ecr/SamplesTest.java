package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.setup.Setups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The samples on the pages are parts of files that tests run: projects of the integration tests, files that
 * {@code ecr:setup} writes, and those of {@code samples}. Of a shell's commands those of Maven are held against the
 * plugin.
 */
class SamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```([a-z]+)\n(.*?)^ *```$");
    private static final Set<String> COPIED = Set.of("xml", "yaml", "json");

    /** What differs from run to run, and is not in the golden report. */
    private static final Set<String> TIMES =
            Set.of("resolve", "preflight", "build", "stage", "publish", "requests", "bytesSent", "bytesReceived");

    private static final Set<String> COMMANDS = Set.of("sh", "groovy", "yaml");

    /**
     * A block of code.
     *
     * @param page the page that it is on
     * @param language what is written behind its fence
     * @param text its lines
     */
    record Sample(String page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static Stream<Sample> samples() throws IOException {
        return pages().flatMap(page -> BLOCK.matcher(read(page))
                .results()
                .map(found -> new Sample(page.getFileName().toString(), found.group(1), found.group(2))));
    }

    static Stream<Sample> copied() throws IOException {
        return samples().filter(sample -> COPIED.contains(sample.language())).filter(sample -> !isReport(sample));
    }

    private static boolean isReport(Sample sample) {
        return sample.page().equals("report.md") && sample.language().equals("json");
    }

    static Stream<Sample> commands() throws IOException {
        return samples().filter(sample -> COMMANDS.contains(sample.language()));
    }

    @ParameterizedTest
    @MethodSource("copied")
    void isPartOfAFileThatATestRuns(Sample sample) throws Exception {
        assertThat(isRun(sample)).as(sample.text()).isTrue();
    }

    @Test
    void hasTheMembersThatAReportHas() throws Exception {
        String golden = read(Path.of("src/test/resources/golden/push.json"));

        assertThat(samples().filter(SamplesTest::isReport))
                .singleElement()
                .satisfies(sample -> assertThat(members(sample.text())).containsExactlyElementsOf(members(golden)));
    }

    /** Returns the names of the members of a report, those of its longer lists once. */
    private static List<String> members(String json) {
        return Pattern.compile("(?m)^ {2,4}\"([a-zA-Z]+)\"")
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !TIMES.contains(name))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void runsGoalsWithPropertiesThatAreThere(Sample sample) throws Exception {
        assertThat(MavenCommand.all(sample.text()))
                .flatExtracting(MavenCommand::mistakes)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void changesRightsAsTheGuideOfTheSetupDoes(Sample sample) throws Exception {
        List<String> generated = Setups.texts();

        assertThat(sample.text().replace("\\\n", " ").lines().filter(line -> line.startsWith("aws iam ")))
                .allMatch(command -> contain(generated, command, text -> squeeze(text.replace("\\\n", " "))));
    }

    @Test
    void isOfAKindThatIsLookedAt() throws IOException {
        assertThat(samples())
                .hasSizeGreaterThan(60)
                .extracting(Sample::language)
                .isSubsetOf("xml", "yaml", "json", "sh", "groovy", "text");
    }

    @Test
    void isFoundOutWhereNoTestRunsIt() throws Exception {
        assertThat(isRun(new Sample("", "xml", "<goals><goal>pusch</goal></goals>")))
                .isFalse();
        assertThat(isRun(new Sample("", "yaml", "- run: mvn -B -ntp deploy\n"))).isTrue();
        assertThat(isRun(new Sample("", "yaml", "- run: mvn -B -ntp deplo\n"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn ecr:pusch",
                "mvn deploy -Decr.nam=orders",
                "- run: mvn -B deplo",
                "mvn -Pdem verify",
                "mvn io.github.imagedelivery:ecr-maven-plugin:9.9:push"
            })
    void isFoundOutWhereTheCommandWouldFail(String command) throws IOException {
        assertThat(MavenCommand.all(command))
                .flatExtracting(MavenCommand::mistakes)
                .hasSize(1);
    }

    private static boolean isRun(Sample sample) throws Exception {
        UnaryOperator<String> form = sample.language().equals("xml") ? SamplesTest::elements : SamplesTest::lines;
        List<String> sources = new ArrayList<>(Setups.texts());
        files(Path.of("src/it")).forEach(file -> sources.add(withVersions(read(file))));
        files(Path.of("src/test/resources")).forEach(file -> sources.add(withVersions(read(file))));
        return contain(sources, sample.text(), form);
    }

    private static boolean contain(List<String> sources, String text, UnaryOperator<String> form) {
        String part = form.apply(text);
        return sources.stream().map(form).anyMatch(source -> source.contains(part));
    }

    /** What is filled into the projects of the integration tests. */
    private static String withVersions(String text) {
        return text.replace("@project.groupId@", "io.github.imagedelivery")
                .replace("@project.artifactId@", "ecr-maven-plugin")
                .replace("@project.version@", MavenCommand.VERSION);
    }

    private static String elements(String xml) {
        return xml.replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("\\s*(<[^>]+>)\\s*", "$1")
                .strip();
    }

    /** Returns the lines without indentation, each with a line break on either side. */
    private static String lines(String text) {
        return "\n" + String.join("\n", text.lines().map(String::strip).toList()) + "\n";
    }

    private static String squeeze(String text) {
        return text.replaceAll(" +", " ");
    }

    private static Stream<Path> pages() throws IOException {
        return Stream.concat(Stream.of(Path.of("README.md")), files(Path.of("src/site/markdown")));
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(md|xml|yml|json)")).sorted().toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
