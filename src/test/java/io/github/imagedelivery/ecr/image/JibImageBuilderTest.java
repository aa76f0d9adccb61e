package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JibImageBuilderTest {
    @TempDir
    private Path directory;

    private TestApplication application;
    private ImageBuilder builder;
    private final BaseImage scratch = BaseImage.scratch(Platform.LINUX_AMD64);

    @BeforeEach
    void writeApplication() {
        application = TestApplication.in(directory.resolve("app"));
        builder = TestImages.builder(directory.resolve("cache"));
    }

    @Test
    void putsWhatChangesSeldomBelow() throws Exception {
        try (BuiltImage image = builder.build(application.plan(), scratch)) {
            assertThat(TestImages.layerNames(image))
                    .containsExactly(
                            "dependencies",
                            "snapshot-dependencies",
                            "project-dependencies",
                            "resources",
                            "classes",
                            "jvm-argument-files");
        }
    }

    @Test
    void leavesOutLayersWithoutFiles() throws Exception {
        TestApplication small =
                TestApplication.emptyIn(directory.resolve("small")).file("demo/Main.class", "x");

        try (BuiltImage image = builder.build(small.plan(), scratch)) {
            assertThat(TestImages.layerNames(image)).containsExactly("classes", "jvm-argument-files");
        }
    }

    @Test
    void packsEachFileInItsPlace() throws Exception {
        try (BuiltImage image = builder.build(application.plan(), scratch)) {
            assertThat(TestImages.files(image))
                    .containsOnlyKeys(
                            "app/class-path",
                            "app/classes/demo/Greeting.class",
                            "app/classes/demo/Main.class",
                            "app/libs/api-3.1.jar",
                            "app/libs/core-2.0-SNAPSHOT.jar",
                            "app/libs/model-1.jar",
                            "app/libs/web-1.0.jar",
                            "app/main-class",
                            "app/resources/application.properties",
                            "app/resources/static/index.html")
                    .containsEntry(
                            "app/class-path",
                            "/app/resources:/app/classes:/app/libs/web-1.0.jar:/app/libs/core-2.0-SNAPSHOT.jar"
                                    + ":/app/libs/model-1.jar:/app/libs/api-3.1.jar")
                    .containsEntry("app/main-class", "demo.Main");
        }
    }

    @Test
    void writesNeitherOwnersNorTimesNorModesOfTheMachine() throws Exception {
        try (BuiltImage image = builder.build(application.plan(), scratch)) {
            List<String> entries = new ArrayList<>();
            for (BuiltImage.Layer layer : image.layers()) {
                entries.addAll(TarListing.of(TestImages.plainTar(layer.blob())));
            }
            assertThat(entries)
                    .contains("0644 0:0 :: 1 app/classes/demo/Main.class", "0755 0:0 :: 1 app/classes/demo/")
                    .allMatch(entry -> entry.matches("0(644|755) 0:0 :: 1 .*"));
        }
    }

    @Test
    void startsTheMainClassThroughTheArgumentFile() throws Exception {
        ContainerSettings settings = settings(s -> new ContainerSettings(
                s.entrypoint(),
                List.of("-Xmx1g", "-ea"),
                List.of("serve", "now"),
                s.environment(),
                s.ports(),
                s.user(),
                s.workingDirectory()));

        try (BuiltImage image = builder.build(application.plan(settings), scratch)) {
            Json container = TestImages.config(image).get("config");
            assertThat(container.get("Entrypoint"))
                    .hasToString("[\"java\",\"-Xmx1g\",\"-ea\",\"-cp\",\"@/app/class-path\",\"demo.Main\"]");
            assertThat(container.get("Cmd")).hasToString("[\"serve\",\"now\"]");
        }
    }

    @Test
    void writesTheClassPathOutForJava8() throws Exception {
        ImagePlan plan = application.plan();
        JavaApplication java8 = new JavaApplication(
                application.classes(), application.libraries().subList(0, 1), "demo.Main", 8);

        try (BuiltImage image =
                builder.build(new ImagePlan(java8, plan.container(), plan.labels(), plan.created()), scratch)) {
            assertThat(TestImages.config(image).get("config").get("Entrypoint"))
                    .hasToString(
                            "[\"java\",\"-cp\",\"/app/resources:/app/classes:/app/libs/web-1.0.jar\",\"demo.Main\"]");
        }
    }

    @Test
    void writesTheSettingsIntoTheConfig() throws Exception {
        ContainerSettings settings = new ContainerSettings(
                Optional.of(List.of("/bin/run", "-x")),
                List.of(),
                List.of(),
                Map.of("B", "2", "A", "1"),
                List.of("8080", "53/udp", "9000-9002/tcp"),
                Optional.of("app:staff"),
                Optional.of("/srv"));

        try (BuiltImage image = builder.build(application.plan(settings), scratch)) {
            Json config = TestImages.config(image);
            Json container = config.get("config");
            assertThat(config.get("created").text()).contains("2026-01-02T03:04:05Z");
            assertThat(container.get("Entrypoint")).hasToString("[\"/bin/run\",\"-x\"]");
            assertThat(container.get("Cmd").isMissing()).isTrue();
            assertThat(container.get("Env")).hasToString("[\"A=1\",\"B=2\"]");
            assertThat(container.get("Labels")).hasToString("{\"a\":\"1\",\"b\":\"2\"}");
            assertThat(container.get("ExposedPorts").members())
                    .containsOnlyKeys("53/udp", "8080/tcp", "9000/tcp", "9001/tcp", "9002/tcp");
            assertThat(container.get("User").text()).contains("app:staff");
            assertThat(container.get("WorkingDir").text()).contains("/srv");
        }
    }

    @Test
    void describesItsContent() throws Exception {
        try (BuiltImage image = builder.build(application.plan(), scratch)) {
            assertThat(image.platform()).isEqualTo(Platform.LINUX_AMD64);
            assertThat(image.manifest().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
            assertThat(image.manifest().config()).contains(image.config().descriptor());
            assertThat(image.manifest().layers())
                    .isEqualTo(image.layers().stream()
                            .map(layer -> layer.blob().descriptor())
                            .toList());
            assertThat(TestImages.config(image).get("rootfs").get("diff_ids").items())
                    .hasSameSizeAs(image.layers());
        }
    }

    @Test
    void refusesAnApplicationWithoutFiles() {
        TestApplication empty = TestApplication.emptyIn(directory.resolve("empty"));

        assertThatThrownBy(() -> builder.build(empty.plan(), scratch))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("no class in");
    }

    @Test
    void refusesALibraryThatIsADirectory() {
        application.library(application.classes(), Origin.PROJECT);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> builder.build(application.plan(), scratch))
                .withMessageContaining("is a directory, not a jar")
                .matches(e -> e.remedy().contains("package"));
    }

    @Test
    void refusesALibraryThatIsNotThere() {
        application.library(directory.resolve("gone.jar"), Origin.RELEASE);

        assertThatThrownBy(() -> builder.build(application.plan(), scratch))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("gone.jar is not there");
    }

    @Test
    void saysWhereAnUnusableCacheLies() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> TestImages.builder(file).build(application.plan(), scratch))
                .matches(e -> e.remedy().endsWith("delete " + file));
    }

    @Test
    void keepsManifestAndDescriptorsAfterItIsClosed() throws Exception {
        BuiltImage image = builder.build(application.plan(), scratch);
        image.close();

        assertThat(image.manifest().layers()).hasSize(6);
        assertThat(TestImages.bytes(image.config())).isNotEmpty();
        Blob layer = image.layers().get(0).blob();
        assertThatThrownBy(layer::open).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void letsOnlyTheOwnerIntoItsDirectories() throws Exception {
        builder.build(application.plan(), scratch).close();

        for (String part : List.of("generated", "notes", "spill")) {
            assertThat(Files.getPosixFilePermissions(directory.resolve("cache").resolve(part)))
                    .as(part)
                    .hasSize(3)
                    .allMatch(permission -> permission.name().startsWith("OWNER"));
        }
    }

    private static ContainerSettings settings(UnaryOperator<ContainerSettings> change) {
        return change.apply(ContainerSettings.DEFAULT);
    }
}
