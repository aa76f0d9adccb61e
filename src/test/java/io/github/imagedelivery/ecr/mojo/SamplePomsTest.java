package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.LockFile;
import io.github.imagedelivery.ecr.image.JavaApplication;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code samples} that Maven or the plugin reads, read by them. The pages show parts of these. */
class SamplePomsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final JavaApplication APPLICATION = new JavaApplication(Path.of("classes"), List.of(), "a.B", 17);

    @TempDir
    Path top;

    static Stream<Path> poms() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".xml") && !file.endsWith("settings.xml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("poms")
    void hasParametersThatCanBeUsed(Path pom) throws Exception {
        Model model = new MavenXpp3Reader().read(new StringReader(interpolated(pom)));
        MavenProject project = TestSession.module(top, model.getArtifactId());
        project.getProperties().putAll(model.getProperties());
        Plugin plugin = plugin(model);
        plugin.addExecution(TestPlugin.execution("push", ""));
        project.getBuild().addPlugin(plugin);
        MavenSession session = TestSession.of(top, project);
        session.getRequest().setGoals(List.of("deploy"));

        Target target = SessionTargets.of(session, TestPlugin.running()).get(0);
        PushMojo push = target.parameters();
        assertThat(target.isSkipped()).isFalse();
        assertThat(push.module(new ModuleApplication(APPLICATION, 17, Optional.empty())))
                .isNotNull();
        assertThat(new BaseParameters(push).bases(Environment.of(session))).isNotNull();
    }

    private static Plugin plugin(Model model) {
        return Optional.ofNullable(model.getBuild()).stream()
                .flatMap(build -> build.getPlugins().stream())
                .findFirst()
                .orElseGet(TestPlugin::plugin);
    }

    /** Returns a POM as Maven hands it to a goal. */
    private static String interpolated(Path pom) throws IOException {
        String text = Files.readString(pom, UTF_8);
        String artifactId = text.replaceFirst("(?s).*?<artifactId>([^<]+)</artifactId>.*", "$1");
        return text.replace("${project.artifactId}", artifactId);
    }

    @Test
    void hasALoginThatIsFoundInTheSettings() throws Exception {
        Settings settings =
                new SettingsXpp3Reader().read(Files.newBufferedReader(SAMPLES.resolve("settings.xml"), UTF_8));

        assertThat(new SettingsLogins(settings.getServers(), new TestDecrypter())
                        .find("ghcr.io")
                        .login())
                .isPresent();
    }

    @Test
    void hasALockFileThatIsRead() throws Exception {
        assertThat(LockFile.read(SAMPLES.resolve("ecr-lock.json"))).isPresent();
    }
}
