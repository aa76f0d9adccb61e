package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image takes over from its base. */
class InheritanceTest {
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
    void putsItsLayersOnTheBase() throws Exception {
        TestBase base = TestBase.rich();
        BaseImage onDisk = rich(base);

        try (BuiltImage image = builder.build(application.plan(), onDisk)) {
            assertThat(image.layers().subList(0, 4))
                    .extracting(BuiltImage.Layer::name, BuiltImage.Layer::fromBase)
                    .containsExactly(
                            tuple("base", true),
                            tuple("base", true),
                            tuple("base", true),
                            tuple("dependencies", false));
            assertThat(TestImages.bytes(image.layers().get(1).blob()))
                    .isEqualTo(base.tars().get(1));
            Json config = TestImages.config(image);
            assertThat(config.get("rootfs").get("diff_ids").items().subList(0, 3))
                    .isEqualTo(base.config().get("rootfs").get("diff_ids").items());
            assertThat(config.get("history").items()).hasSize(4 + 6);
        }
    }

    @Test
    void keepsWhatJibDropsFromTheBase() throws Exception {
        TestBase base = TestBase.rich();

        try (BuiltImage image = builder.build(application.plan(), rich(base))) {
            Json config = TestImages.config(image);
            for (String field : List.of("StopSignal", "Shell", "Healthcheck")) {
                assertThat(config.get("config").get(field))
                        .as(field)
                        .isEqualTo(base.config().get("config").get(field));
            }
            for (String field : List.of("variant", "os.version", "os.features", "author")) {
                assertThat(config.get(field)).as(field).isEqualTo(base.config().get(field));
            }
            assertThat(image.platform()).hasToString("linux/arm64/v8");
        }
    }

    @Test
    void replacesTheCommandOfTheBaseAndKeepsItsSurroundings() throws Exception {
        try (BuiltImage image = builder.build(application.plan(), rich(TestBase.rich()))) {
            Json container = TestImages.config(image).get("config");
            assertThat(container.get("Cmd").isMissing()).isTrue();
            assertThat(container.get("Hostname").isMissing()).isTrue();
            assertThat(container.get("WorkingDir").text()).contains("/work");
            assertThat(container.get("Volumes")).hasToString("{\"/data\":{}}");
            assertThat(container.get("Labels").members()).containsOnlyKeys("a", "b", "maintainer");
        }
    }

    @Test
    void keepsVariablesThatJibCannotRead() throws Exception {
        List<String> variables = List.of("A=1\n2", "PATH=/bin", "B=x\ny", "FLAG");
        Json container = Json.object().with("Env", Json.texts(variables));
        BaseImage base =
                new BaseImage("base", Optional.empty(), scratch.config().with("config", container), List.of());
        ContainerSettings settings = settings(s -> new ContainerSettings(
                s.entrypoint(), s.jvmFlags(), s.args(), Map.of("B", "own"), s.ports(), s.user(), s.workingDirectory()));

        try (BuiltImage image = builder.build(application.plan(settings), base)) {
            assertThat(TestImages.config(image).get("config").get("Env").items())
                    .containsExactlyInAnyOrderElementsOf(Json.texts(List.of("PATH=/bin", "B=own", "A=1\n2", "FLAG"))
                            .items());
        }
    }

    @Test
    void runsAsTheUserOfTheBaseUnlessThatIsRoot() throws Exception {
        assertThat(user("1001:0", Optional.empty())).isEqualTo("1001:0");
        assertThat(user("", Optional.empty())).isEqualTo("65532:65532");
        assertThat(user("root:app", Optional.empty())).isEqualTo("65532:65532");
        assertThat(user("00", Optional.empty())).isEqualTo("65532:65532");
        assertThat(user("1001", Optional.of("root"))).isEqualTo("root");
        assertThat(user("1001", Optional.of("0"))).isEqualTo("0");
    }

    @Test
    void namesLayersOfABaseInOciTermsAndKeepsTheirCompression() throws Exception {
        TestBase base = TestBase.rich();
        List<String> types = List.of(
                MediaTypes.OCI_LAYER_ZSTD,
                MediaTypes.DOCKER_LAYER_GZIP,
                "application/vnd.docker.image.rootfs.diff.tar");

        try (BuiltImage image = builder.build(application.plan(), withLayers(base, types))) {
            assertThat(image.manifest().layers().subList(0, 4))
                    .extracting("mediaType")
                    .containsExactly(
                            MediaTypes.OCI_LAYER_ZSTD,
                            MediaTypes.OCI_LAYER_GZIP,
                            MediaTypes.OCI_LAYER,
                            MediaTypes.OCI_LAYER_GZIP);
        }
    }

    @Test
    void refusesLayersThatCannotBePushed() {
        String foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
        BaseImage base = withLayers(TestBase.rich(), Collections.nCopies(3, foreign));

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> builder.build(application.plan(), base))
                .withMessageContaining(foreign)
                .matches(e -> e.problem().contains("base image test"));
    }

    @Test
    void refusesABaseWhoseConfigCountsOtherLayers() {
        BaseImage base = withLayers(TestBase.rich(), Collections.nCopies(2, MediaTypes.OCI_LAYER));

        assertThatThrownBy(() -> builder.build(application.plan(), base))
                .isInstanceOf(ImageException.class)
                .hasMessage("its manifest has 2 layers, its config 3 diff ids");
    }

    @Test
    void refusesMoreLayersThanCanBeStacked() {
        Blob layer = Blob.of(MediaTypes.OCI_LAYER, new byte[512]);
        Json diffIds = Json.array(
                Collections.nCopies(122, Json.of(layer.descriptor().digest().toString())));
        Json config = scratch.config().with("rootfs", Json.object().with("diff_ids", diffIds));
        BaseImage high = new BaseImage("high", Optional.empty(), config, Collections.nCopies(122, layer));

        assertThatThrownBy(() -> builder.build(application.plan(), high))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("128 layers; at most 127");
    }

    @Test
    void refusesAConfigThatNoRegistryStores() {
        Json big = Json.object().with("Healthcheck", Json.of("x".repeat(4 << 20)));
        BaseImage base = new BaseImage("big", Optional.empty(), scratch.config().with("config", big), List.of());

        assertThatThrownBy(() -> builder.build(application.plan(), base))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("the config would have 41");
    }

    private String user(String ofBase, Optional<String> wanted) throws Exception {
        Json container = Json.object().with("User", Json.of(ofBase));
        BaseImage base =
                new BaseImage("base", Optional.empty(), scratch.config().with("config", container), List.of());
        ContainerSettings settings = settings(s -> new ContainerSettings(
                s.entrypoint(), s.jvmFlags(), s.args(), s.environment(), s.ports(), wanted, s.workingDirectory()));
        try (BuiltImage image = builder.build(application.plan(settings), base)) {
            return TestImages.config(image).get("config").get("User").text().orElse("");
        }
    }

    private static ContainerSettings settings(UnaryOperator<ContainerSettings> change) {
        return change.apply(ContainerSettings.DEFAULT);
    }

    private BaseImage rich(TestBase base) throws Exception {
        Path tar = base.dockerArchive(base.tars()).write(directory.resolve("base.tar"));
        return BaseImage.onDisk(tar, Platform.parse("linux/arm64/v8"));
    }

    private static BaseImage withLayers(TestBase base, List<String> types) {
        List<Blob> layers = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean isPlain = types.get(i).endsWith(".tar");
            layers.add(Blob.of(types.get(i), (isPlain ? base.tars() : base.gzipped()).get(i)));
        }
        return new BaseImage("test", Optional.empty(), base.config(), layers);
    }
}
