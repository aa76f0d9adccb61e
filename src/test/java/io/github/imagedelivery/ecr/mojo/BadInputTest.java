package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a wrong value of a parameter is answered with. {@code bad-input.txt} has for each the goal with its properties, as
 * on a command line, and below it the message; the goals get them by Maven's own configurator.
 */
class BadInputTest {
    private static final Path TABLE = Path.of("src/test/resources/bad-input.txt");
    private static final Pattern PROPERTY = Pattern.compile("-D([A-Za-z.]+)");
    private static final Pattern SETTING = Pattern.compile("-D([A-Za-z.]+)=(.*?)(?= -D|$)");

    /** Parameters that no value is wrong for: patterns that may fit nothing, a path. */
    private static final Set<String> ANY_TEXT = Set.of("ecr.allowedSecrets", "ecr.lockFile");

    /** What Maven makes something of, whatever is given. */
    private static final Set<String> ANY_TYPE = Set.of("boolean", "java.io.File");

    private static final List<String> DEFAULTS = List.of(
            "-Decr.registry=local",
            "-Decr.from=scratch",
            "-Decr.sha=0123456789abcdef0123456789abcdef01234567",
            "-Decr.mainClass=App",
            "-Decr.dryRun=true",
            "-Decr.setup.source=github.com/octo-org/shop");

    @TempDir
    Path top;

    private MavenSession session;

    /**
     * A line of the table.
     *
     * @param command the goal and its properties
     * @param message all lines of what it is answered with
     */
    record Row(String command, String message) {
        @Override
        public String toString() {
            return command;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Arrays.stream(Files.readString(TABLE, UTF_8).strip().split("\n\n"))
                .map(block -> block.split("\n", 2))
                .map(block -> new Row(block[0], block[1]));
    }

    @BeforeEach
    void makeAModule() throws IOException {
        MavenProject project = TestSession.module(top, "orders");
        project.getBuild().setFinalName("orders-1.4.0");
        session = TestSession.of(top, project);
        session.setCurrentProject(project);
        Path classes = Files.createDirectories(Path.of(project.getBuild().getOutputDirectory()));
        Files.write(
                classes.resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
        Files.writeString(
                Files.createDirectories(classes.resolveSibling("image")).resolve("index.json"), """
                {"manifests": [{"mediaType": "application/vnd.oci.image.index.v1+json", "size": 2,
                  "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                  "annotations": {"org.opencontainers.image.ref.name": "1.4.0"}}]}
                """);
        DEFAULTS.forEach(this::set);
    }

    private void set(String settings) {
        SETTING.matcher(settings)
                .results()
                .forEach(found -> session.getUserProperties().setProperty(found.group(1), found.group(2)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Timeout(60) // ecr:local serves until it is stopped, if nothing is refused
    void isRefusedInThreeLines(Row row) throws Exception {
        set(row.command());

        assertThat(refusal(row.command().replaceFirst(" .*", "")).replace(top.toString(), "TOP"))
                .isEqualTo(row.message());
    }

    private String refusal(String goal) throws Exception {
        AbstractMojo mojo = TestPlugin.goal(goal, session);
        try {
            mojo.execute();
            return "nothing is refused";
        } catch (MojoFailureException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void hasARowForEveryParameterThatCanBeWrong() throws Exception {
        Set<String> tried = rows().flatMap(
                        row -> PROPERTY.matcher(row.command()).results())
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (MojoDescriptor goal :
                TestPlugin.running().getMojoDescriptor().getPluginDescriptor().getMojos()) {
            for (Parameter parameter : goal.getParameters()) {
                String property = String.valueOf(parameter.getExpression()).replaceFirst("^\\$\\{(.*)}$", "$1");
                if (property.startsWith("ecr.") && !ANY_TYPE.contains(parameter.getType())) {
                    missing.add(property);
                }
            }
        }
        missing.removeAll(tried);

        assertThat(missing).isEqualTo(ANY_TEXT);
    }
}
