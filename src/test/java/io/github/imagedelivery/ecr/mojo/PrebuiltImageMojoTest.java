package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.Candidate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the goals do with an image that another tool has built: here, {@code ecr:build} of another module. */
class PrebuiltImageMojoTest {
    private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path top;

    private final BuildMojo build = new BuildMojo();
    private final PushMojo push = new PushMojo();
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void configure() throws Exception {
        configure(build, "source");
        build.mainClass = "App";
        Files.write(
                Files.createDirectories(Path.of(build.project.getBuild().getOutputDirectory()))
                        .resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
        configure(push, "orders");
        push.project.setPackaging("pom");
        Files.createDirectories(push.project.getBasedir().toPath());
        push.registry = "local";
        push.publishAt = "goal";
        push.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                log.add(line.toString());
            }

            @Override
            public void warn(CharSequence line) {
                log.add("warning: " + line);
            }
        });
    }

    private void configure(ModuleGoal goal, String artifactId) throws Exception {
        MavenProject project = TestSession.module(top, artifactId);
        goal.project = project;
        goal.session = TestSession.of(top, project);
        goal.reportDirectory = top.resolve(artifactId).resolve("target/ecr").toFile();
        goal.execution = TestPlugin.running();
        goal.from = FromElement.of("scratch");
        goal.sha = SHA;
        goal.version = "1.4.0";
    }

    private String built(String output) throws Exception {
        build.output = output;
        build.outputDigest = top.resolve("source.digest").toFile();
        build.execute();
        push.image = output.equals("layout") ? "../source/target/ecr/image" : "../source/target/ecr/image.tar";
        return Files.readString(top.resolve("source.digest"));
    }

    private String pushed() throws Exception {
        push.execute();
        return Files.readString(top.resolve("orders/target/ecr/digest"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "oci-archive"})
    void publishesALayoutUnderItsOwnDigest(String output) throws Exception {
        String digest = built(output);

        assertThat(pushed()).isEqualTo(digest);
        assertThat(Files.readString(top.resolve("orders/target/ecr/push.json")))
                .contains("\"prebuilt\": true")
                .doesNotContain("\"base\"");
    }

    @Test
    void publishesADockerArchiveWithItsImageId() throws Exception {
        build.outputImageId = top.resolve("source.id").toFile();
        built("docker-archive");

        pushed();

        assertThat(Files.readString(top.resolve("orders/target/ecr/image-id")))
                .isEqualTo(Files.readString(top.resolve("source.id")));
    }

    @Test
    void warnsOnceOfSettingsThatHaveNoEffect() throws Exception {
        built("layout");
        push.jvmFlags = List.of("-Xmx1g");
        push.labels = Map.of("team", "shop");

        pushed();

        assertThat(log)
                .filteredOn(line -> line.startsWith("warning: ") && line.contains("without effect"))
                .containsExactly("warning: orders: the image of ecr.image is pushed as it is; without effect:"
                        + " ecr.from, ecr.jvmFlags, ecr.labels");
    }

    @Test
    void refusesAnImageThatIsNotThere() {
        push.image = "target/image.tar";

        assertThatThrownBy(push::execute).hasMessageContaining("there is no such file or directory");
    }

    @Test
    void passesAParentOverThatHasTheImageForItsModules() throws Exception {
        push.image = "target/image.tar";
        push.project.getModel().addModule("orders");

        push.execute();

        assertThat(log)
                .contains("orders: no image, since its packaging is pom, and ecr.image is there for its modules");
        assertThat(new Target(push.project, "push", true, push, List.of()).isSkipped())
                .isTrue();
    }

    @Test
    void takesTheParentsOwnImageWhereThereIsOne() throws Exception {
        String digest = built("layout");
        push.project.getModel().addModule("orders");

        assertThat(pushed()).isEqualTo(digest);
    }

    @Test
    void refusesSecretsUnlessTheyAreAllowed() throws Exception {
        build.environment = Map.of("DB_PASSWORD", "hunter22");
        build.allowedSecrets = List.of("DB_PASSWORD");
        built("layout");

        assertThatThrownBy(push::execute).hasMessageContaining("the variable DB_PASSWORD");
        push.allowedSecrets = List.of("DB_PASSWORD");
        assertThat(pushed()).isNotEmpty();
    }

    @Test
    void isNoMatterOfTheKindThatTheModuleWouldHave() throws Exception {
        String digest = built("layout");
        push.project.setPackaging("docker-native");
        push.kind = "war";
        push.jvmFlags = List.of("-Xmx1g");

        assertThat(pushed()).isEqualTo(digest);
    }

    @Test
    void isACandidateWithoutABaseBeforeItIsThere() throws Exception {
        push.image = "target/image.tar";

        Candidate candidate = Candidates.of(new Target(push.project, "push", true, push, List.of()));

        assertThat(candidate.isApplication()).isTrue();
        assertThat(candidate.isPrebuilt()).isTrue();
        assertThat(candidate.base()).isEmpty();
        assertThat(new Target(push.project, "push", true, push, List.of()).isSkipped())
                .isFalse();
    }
}
