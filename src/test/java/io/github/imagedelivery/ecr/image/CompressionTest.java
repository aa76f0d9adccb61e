package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images whose own layers are of zstd. */
class CompressionTest {
    private static final Compression ZSTD = Compression.zstd(Compression.DEFAULT);

    @TempDir
    private Path directory;

    private final HeapBudget budget = new HeapBudget(1 << 30);
    private TestApplication application;
    private ImageBuilder builder;

    @BeforeEach
    void writeApplication() {
        application = TestApplication.in(directory.resolve("app"));
        builder = new JibImageBuilder(directory.resolve("cache"), "1.0", budget, Inheritance.FULL);
    }

    private BuiltImage build(Compression compression, BaseImage base) throws ImageException {
        return build(application.application(), compression, base);
    }

    private BuiltImage build(Application content, Compression compression, BaseImage base) throws ImageException {
        ImagePlan plan = new ImagePlan(content, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH).with(compression);
        return builder.build(plan, base);
    }

    private static BaseImage scratch() {
        return BaseImage.scratch(Platform.LINUX_AMD64);
    }

    private static byte[] tar(Blob layer) throws IOException {
        return LayerTypes.tar(layer.descriptor().mediaType(), layer.open()).readAllBytes();
    }

    private static List<byte[]> compressed(TestBase base) throws IOException {
        List<byte[]> layers = new ArrayList<>();
        for (byte[] tar : base.tars()) {
            layers.add(ZstdTest.compress(tar, 19));
        }
        return layers;
    }

    private BaseImage base(String type, List<byte[]> layers) throws Exception {
        Path layout = TestBase.writeDirectory(TestBase.rich().layout(type, layers), directory.resolve("base"));
        return BaseImage.onDisk(layout, Platform.parse("linux/arm64"));
    }

    @Test
    void hasTheTarsAndTheConfigOfTheImageOfGzip() throws Exception {
        try (BuiltImage gzip = build(Compression.GZIP, scratch());
                BuiltImage zstd = build(ZSTD, scratch())) {
            assertThat(zstd.config().descriptor()).isEqualTo(gzip.config().descriptor());
            assertThat(zstd.layers()).hasSameSizeAs(gzip.layers());
            for (int i = 0; i < zstd.layers().size(); i++) {
                Layer layer = zstd.layers().get(i);
                assertThat(layer.name()).isEqualTo(gzip.layers().get(i).name());
                assertThat(layer.blob().descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_ZSTD);
                assertThat(tar(layer.blob())).isEqualTo(tar(gzip.layers().get(i).blob()));
            }
        }
    }

    @Test
    void hasOneDigestForEachLevelHoweverOftenItIsBuilt() throws Exception {
        Digest first = digest(ZSTD);

        assertThat(digest(ZSTD)).isEqualTo(first);
        assertThat(digest(Compression.zstd(19))).isNotEqualTo(first);
    }

    private Digest digest(Compression compression) throws ImageException {
        try (BuiltImage image = build(compression, scratch())) {
            return image.manifest().digest();
        }
    }

    @Test
    void keepsLayersOfTheBaseAsTheyAre() throws Exception {
        List<byte[]> gzipped = TestBase.rich().gzipped();

        try (BuiltImage image = build(ZSTD, base(MediaTypes.OCI_LAYER_GZIP, gzipped))) {
            for (int i = 0; i < gzipped.size(); i++) {
                Blob layer = image.layers().get(i).blob();
                assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
                assertThat(TestImages.bytes(layer)).isEqualTo(gzipped.get(i));
            }
        }
    }

    @Test
    void passesLayersOfZstdOnBelowItsOwnOfGzip() throws Exception {
        List<byte[]> layers = compressed(TestBase.rich());

        try (BuiltImage image = build(Compression.GZIP, base(MediaTypes.OCI_LAYER_ZSTD, layers))) {
            assertThat(image.layers().stream()
                            .map(layer -> layer.blob().descriptor().mediaType())
                            .distinct())
                    .containsExactly(MediaTypes.OCI_LAYER_ZSTD, MediaTypes.OCI_LAYER_GZIP);
            assertThat(TestImages.bytes(image.layers().get(0).blob())).isEqualTo(layers.get(0));
        }
    }

    @Test
    void refusesALayerOfZstdThatIsNotTheOneThatTheConfigNames() throws Exception {
        List<byte[]> layers = compressed(TestBase.rich());
        Collections.swap(layers, 0, 1);

        try (BuiltImage image = build(Compression.GZIP, base(MediaTypes.OCI_LAYER_ZSTD, layers))) {
            Blob lowest = image.layers().get(0).blob();

            assertThatThrownBy(() -> TestImages.bytes(lowest))
                    .isInstanceOf(LayerException.class)
                    .hasMessageMatching("the layer .* inflates to sha256:.*, the config says sha256:.*");
        }
    }

    @Test
    void keepsSymbolicLinks() throws Exception {
        Path extra = Files.createDirectories(directory.resolve("extra"));
        Files.writeString(extra.resolve("1.4"), "text");
        Files.createSymbolicLink(extra.resolve("current"), Path.of("1.4"));
        ExtraFiles files = new ExtraFiles(
                application.application(),
                List.of(new ExtraDirectory(extra, "/opt", List.of(), List.of())),
                List.of(),
                List.of(),
                Instant.ofEpochSecond(1));

        try (BuiltImage image = build(files, ZSTD, scratch())) {
            Blob last = image.layers().get(image.layers().size() - 1).blob();
            assertThat(TarListing.withLinks(tar(last))).contains("0777 0:0 :: 1 opt/current -> 1.4");
        }
    }

    @Test
    void holdsNoMemoryForWhatJibHasWritten() throws Exception {
        try (BuiltImage image = build(ZSTD, scratch())) {
            assertThat(budget.taken()).isEqualTo((long) image.layers().size() * Tarball.BLOCK);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void isHeldInFilesWhereThereIsNoMemory() throws Exception {
        Digest expected = digest(ZSTD);
        builder = new JibImageBuilder(directory.resolve("cache"), "1.0", new HeapBudget(0), Inheritance.FULL);

        assertThat(digest(ZSTD)).isEqualTo(expected);
        try (var files = Files.walk(directory.resolve("cache"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tar"))).isEmpty();
        }
    }
}
