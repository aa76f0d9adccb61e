package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildMojoTest {
    @TempDir
    Path top;

    private final BuildMojo mojo = new BuildMojo();

    @BeforeEach
    void configure() throws Exception {
        MavenProject project = TestSession.module(top, "orders");
        configure(mojo, project);
        mojo.session.getRequest().setOffline(true);
    }

    private void configure(ModuleGoal goal, MavenProject project) throws Exception {
        goal.project = project;
        goal.session = TestSession.of(top, project);
        goal.reportDirectory = top.resolve("orders/target/ecr").toFile();
        goal.execution = TestPlugin.running();
        goal.from = FromElement.of("scratch");
        goal.sha = "0123456789abcdef0123456789abcdef01234567";
        goal.version = "1.4.0";
        goal.mainClass = "App";
        Files.write(
                Files.createDirectories(Path.of(project.getBuild().getOutputDirectory()))
                        .resolve("App.class"),
                new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61});
    }

    @Test
    void writesALayoutOfflineAndWithoutCredentials() throws Exception {
        mojo.execute();

        assertThat(top.resolve("orders/target/ecr/image/index.json"))
                .content()
                .contains("\"org.opencontainers.image.ref.name\":\"1.4.0\"");
    }

    @Test
    void writesATarAndFilesWhereJibsElementsSay() throws Exception {
        mojo.output = "docker-archive";
        mojo.outputPaths = new OutputPaths();
        mojo.outputPaths.tar = top.resolve("out/orders.tar").toFile();
        mojo.outputPaths.digest = top.resolve("out/digest").toFile();
        mojo.outputPaths.imageJson = top.resolve("out/image.json").toFile();
        mojo.outputImageId = top.resolve("out/id").toFile();

        mojo.execute();

        Json written = Json.parse(Files.readAllBytes(top.resolve("out/image.json")));
        assertThat(written.members()).containsOnlyKeys("image", "imageId", "imageDigest", "tags", "imagePushed");
        assertThat(written.get("image").text()).contains("orders:1.4.0");
        assertThat(written.get("imagePushed").isTrue()).isFalse();
        assertThat(written.get("imageDigest").text()).contains(Files.readString(top.resolve("out/digest")));
        assertThat(written.get("imageId").text()).contains(Files.readString(top.resolve("out/id")));
        assertThat(top.resolve("out/orders.tar")).isNotEmptyFile();
    }

    @Test
    void putsNoTarInThePlaceOfADirectory() throws Exception {
        mojo.output = "docker-archive";
        mojo.outputTar = Files.createDirectories(top.resolve("orders/src")).toFile();
        Path source = Files.writeString(top.resolve("orders/src/App.java"), "class App {}");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("ecr.outputPaths.tar has a value that cannot be used")
                .hasMessageContaining("to fix: set it to the name of a file; this is a directory");
        assertThat(source).exists();
    }

    @Test
    void refusesAnOutputThatThereIsNot() {
        mojo.output = "tar";

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("ecr.output is \"tar\"")
                .hasMessageContaining("to fix: set it to layout or oci-archive or docker-archive");
    }

    @Test
    void aPushWritesTheFilesOnceItsTagsAreThere() throws Exception {
        PushMojo push = new PushMojo();
        configure(push, mojo.project);
        push.registry = "local";
        push.publishAt = "goal";
        push.outputDigest = top.resolve("digest").toFile();
        push.outputImageJson = top.resolve("image.json").toFile();

        push.execute();
        mojo.execute();

        assertThat(Files.readString(top.resolve("digest")))
                .isEqualTo(Files.readString(top.resolve("orders/target/ecr/digest")));
        assertThat(Json.parse(Files.readAllBytes(top.resolve("image.json")))
                        .get("imagePushed")
                        .isTrue())
                .isTrue();
        assertThat(top.resolve("orders/target/ecr/image/blobs/sha256")
                        .resolve(Files.readString(top.resolve("digest")).substring("sha256:".length())))
                .exists();
    }
}
