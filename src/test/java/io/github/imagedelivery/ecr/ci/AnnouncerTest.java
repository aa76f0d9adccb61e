package io.github.imagedelivery.ecr.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.ci.Outcome.Content;
import io.github.imagedelivery.ecr.ci.Outcome.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each CI system is told, against golden files under {@code golden/ci}. */
class AnnouncerTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";
    private static final String ERROR = """
            The working copy differs from its commit, so the SHA tag would lie
              cause: git status lists a:b, 100%.txt
              to fix: commit or ignore these paths""";

    @TempDir
    Path directory;

    private final List<String> printed = new ArrayList<>();
    private final AtomicInteger delimiter = new AtomicInteger();
    private Path output;
    private Path summary;
    private Announcer gitHub;
    private final Announcer azure = new AzurePipelines(printed::add);
    private final Announcer other = Announcer.of(Map.of("GITLAB_CI", "true"), printed::add);

    @BeforeEach
    void begin() {
        output = directory.resolve("output");
        summary = directory.resolve("step-summary");
        gitHub = new GitHubActions(
                Map.of("GITHUB_OUTPUT", output.toString(), "GITHUB_STEP_SUMMARY", summary.toString()),
                printed::add,
                () -> "delimiter-" + delimiter.incrementAndGet());
    }

    private static Outcome published(String module, String version) {
        String digest = "sha256:" + "5e".repeat(32);
        Map<String, Long> milliseconds = new LinkedHashMap<>();
        milliseconds.put("preflight", 180L);
        milliseconds.put("stage", 2_340L);
        return new Outcome(
                module,
                "PUBLISHED",
                Optional.of(new Image(
                        "123456789012.dkr.ecr.eu-west-2.amazonaws.com/shop/" + module + "@" + digest,
                        digest,
                        SHA,
                        List.of(),
                        version)),
                Optional.of(new Content(7, 93_100_000, 6, 92_954_321)),
                milliseconds,
                List.of());
    }

    private static Outcome refused(String module) {
        List<String> error = ERROR.lines().map(String::strip).toList();
        return new Outcome(module, "REFUSED", Optional.empty(), Optional.empty(), Map.of(), error);
    }

    private static void golden(String name, String seen) throws IOException {
        try (InputStream in = AnnouncerTest.class.getResourceAsStream("/golden/ci/" + name)) {
            assertThat(in).as("golden file " + name).isNotNull();
            assertThat(seen).as(name).isEqualTo(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }

    private String written(String name) throws IOException {
        return read(directory.resolve("target/ecr").resolve(name));
    }

    private void end(Announcer announcer, Outcome... outcomes) throws IOException {
        announcer.ended(List.of(outcomes), directory.resolve("target/ecr"));
    }

    private String printed() {
        return String.join("\n", printed).replace(directory.toString(), "/project") + "\n";
    }

    @Test
    void writesVariablesOfASingleImageForAnyCiSystem() throws Exception {
        end(other, published("orders", "1.4.0"));

        golden("single.env", written("ecr.env"));
        golden("single.md", written("summary.md"));
        assertThat(printed).isEmpty();
    }

    @Test
    void writesVariablesOfSeveralImagesUnderTheirModules() throws Exception {
        end(other, published("orders", "1.4.0"), published("billing-api", "1.4.0-rc.1_build.7"), refused("shipping"));

        golden("several.env", written("ecr.env"));
        golden("several.md", written("summary.md"));
    }

    @Test
    void handsResultsOnInGitHubActions() throws Exception {
        Files.writeString(output, "earlier=value\n");
        end(gitHub, published("orders", "1.4.0"));

        golden("github-output-single.txt", read(output));
        golden("single.md", read(summary));
        golden("single.env", written("ecr.env"));
    }

    @Test
    void handsTheResultsOfSeveralImagesOnInGitHubActions() throws Exception {
        end(gitHub, published("orders", "1.4.0"), refused("shipping"));

        golden("github-output-several.txt", read(output));
    }

    @Test
    void printsCommandsOfGitHubActions() throws Exception {
        gitHub.obtained("QVdTOmNhbmFyeQ==");
        gitHub.obtained("50%\r\nnext\n\n");
        gitHub.failed(ERROR);
        gitHub.failed("one line");

        golden("github-commands.txt", printed());
    }

    @Test
    void printsCommandsOfAzurePipelines() throws Exception {
        azure.obtained("QVdTOmNhbmFyeQ==");
        azure.failed(ERROR);
        end(azure, published("orders", "1.4.0"));

        golden("azure-commands.txt", printed());
        golden("single.md", written("summary.md"));
    }

    @Test
    void tellsNobodyOfSecretsAndFailuresOutsideTheSystemsThatAskForThem() {
        other.obtained("canary");
        other.failed(ERROR);

        assertThat(printed).isEmpty();
    }

    @Test
    void writesNoFileThatTheRunnerDoesNotName() throws Exception {
        Announcer bare = Announcer.of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_OUTPUT", " "), printed::add);

        end(bare, published("orders", "1.4.0"));

        golden("single.env", written("ecr.env"));
        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("target"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "", "1"})
    void takesNothingElseThanTrueForGitHubActions(String value) {
        Announcer.of(Map.of("GITHUB_ACTIONS", value), printed::add).obtained("canary");

        assertThat(printed).isEmpty();
    }

    @Test
    void usesAnotherDelimiterForEachValue() throws Exception {
        Announcer real =
                Announcer.of(Map.of("GITHUB_ACTIONS", "true", "GITHUB_OUTPUT", output.toString()), printed::add);

        end(real, published("orders", "1.4.0"));

        List<String> delimiters = read(output)
                .lines()
                .filter(line -> line.contains("<<"))
                .map(line -> line.substring(line.indexOf("<<")))
                .toList();
        assertThat(delimiters).hasSize(7).doesNotHaveDuplicates().allMatch(text -> text.matches("<<ecr-[0-9a-f-]{36}"));
    }

    /** Reads the file as the runner does. */
    private static Map<String, String> outputs(String file) {
        Map<String, String> outputs = new LinkedHashMap<>();
        List<String> lines = file.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            int heredoc = lines.get(at).indexOf("<<");
            assertThat(heredoc).as(lines.get(at)).isPositive();
            String end = lines.get(at).substring(heredoc + 2);
            List<String> value = new ArrayList<>();
            String name = lines.get(at).substring(0, heredoc);
            for (at++; !lines.get(at).equals(end); at++) {
                value.add(lines.get(at));
            }
            outputs.put(name, String.join("\n", value));
        }
        return outputs;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x%0A::set-env name=PATH::/evil",
                "x\n::error::fake",
                "x\nimage=evil",
                "x\nimage<<EOF\nevil\nEOF",
                "x\r\n##vso[task.setvariable variable=PATH]/evil",
                "x ##[add-path]/evil",
                "x|y <script>alert(1)</script> [a](https://evil.example) ![b](https://evil.example)",
                "x' $(touch evil) `touch evil`",
                "\n\u001b[31m x"
            })
    void letsNoTextFromOutsideBeMoreThanAValue(String hostile) throws Exception {
        Image image = new Image(hostile, hostile, hostile, List.of(hostile), hostile);
        Outcome outcome = new Outcome(
                hostile, hostile, Optional.of(image), Optional.empty(), Map.of(hostile, 1L), List.of(hostile));

        end(gitHub, outcome);
        gitHub.failed(hostile);
        end(azure, outcome);
        azure.failed(hostile);

        assertThat(outputs(read(output)).keySet())
                .containsExactly(
                        "image", "digest", "sha-tag", "version-tag", "additional-tags", "result", "modules", "images");
        assertThat(written("ecr.env").lines())
                .allMatch(line -> line.matches("ECR_[A-Z0-9_]+=[A-Za-z0-9._:/@,+=-]*"))
                .noneMatch(line -> line.contains("evil"));
        assertThat(read(summary).lines())
                .allMatch(line -> line.isEmpty() || line.startsWith("| ") || line.startsWith("###"))
                .noneMatch(line -> line.matches(".*(?<!\\\\)[<\\[`].*"));
        assertThat(printed).allMatch(line -> line.matches("(?:::error title=[^:,]*::|##vso\\[task\\.).*"));
    }

    @Test
    void keepsTheSummaryWithinWhatTheRunnerTakes() throws Exception {
        Files.writeString(summary, "x".repeat((1 << 20) - 1_200));

        end(gitHub, published("orders", "1.4.0"), published("billing", "1.4.0"), published("shipping", "1.4.0"));

        assertThat(Files.size(summary)).isLessThanOrEqualTo(1 << 20);
        assertThat(read(summary)).contains("#### orders").endsWith("Too long to tell of here: 1 more.\n");
    }

    @Test
    void writesNoSummaryWhereThereIsNoRoom() throws Exception {
        Files.writeString(summary, "x".repeat((1 << 20) - 10));

        end(gitHub, published("orders", "1.4.0"));

        assertThat(Files.size(summary)).isEqualTo((1 << 20) - 10);
    }

    @Test
    void numbersModulesWhoseNamesWouldMakeTheSameVariable() throws Exception {
        end(gitHub, published("a-b", "1"), published("a.b", "2"), published("a-b", "3"));

        assertThat(outputs(read(output))).containsEntry("modules", "[\"a-b\",\"a.b-2\",\"a-b-3\"]");
        assertThat(written("ecr.env"))
                .contains("ECR_VERSION_TAG_A_B=1\n", "ECR_VERSION_TAG_A_B_2=2\n", "ECR_VERSION_TAG_A_B_3=3\n");
    }

    @Test
    void removesWhatAnEarlierBuildHasLeft() throws Exception {
        end(other, published("orders", "1.4.0"));

        Announcer.forget(directory.resolve("target/ecr"));

        assertThat(directory.resolve("target/ecr")).isEmptyDirectory();
    }
}
