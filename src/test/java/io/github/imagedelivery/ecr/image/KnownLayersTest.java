package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a layer spares the work, and never changes the image. */
class KnownLayersTest {
    @TempDir
    private Path directory;

    private final HeapBudget budget = new HeapBudget(1 << 30);
    private TestApplication application;

    @BeforeEach
    void writeApplication() throws Exception {
        byte[] content = new byte[2_000_000];
        new Random(5).nextBytes(content);
        application = TestApplication.in(directory.resolve("app"))
                .library(Files.write(directory.resolve("large.jar"), content), Origin.RELEASE);
    }

    private BuiltImage build(String cache, KnownLayers known) throws ImageException {
        return new JibImageBuilder(directory.resolve(cache), "1", budget, Inheritance.FULL)
                .build(application.plan(), List.of(BaseImage.scratch(Platform.LINUX_AMD64)), List.of(), known)
                .first();
    }

    private Manifest built(String cache) throws ImageException {
        try (BuiltImage image = build(cache, KnownLayers.NONE)) {
            return image.manifest();
        }
    }

    private static Layer dependencies(BuiltImage image) {
        return image.layers().stream()
                .filter(layer -> layer.name().equals("dependencies"))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest with(Manifest manifest, String digest) throws Exception {
        List<Json> layers = new ArrayList<>(manifest.json().get("layers").items());
        layers.set(0, layers.get(0).with("digest", Json.of(digest)));
        return Manifest.parse(manifest.json().with("layers", Json.array(layers)).bytes(), MediaTypes.OCI_MANIFEST);
    }

    @Test
    void areNotWrittenUntilSomebodyReadsThem() throws Exception {
        Manifest earlier = built("1");

        try (BuiltImage image = build("2", KnownLayers.in(earlier))) {
            assertThat(image.manifest()).isEqualTo(earlier);
            long before = budget.taken();
            byte[] read = TestImages.bytes(dependencies(image).blob());
            assertThat(budget.taken() - before).isGreaterThan(read.length);
            assertThat(TestImages.bytes(dependencies(image).blob())).isEqualTo(read);
            assertThat(budget.taken() - before).isLessThan(2L * read.length);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void areWrittenWhereTheyAreShort() throws Exception {
        Manifest earlier = built("1");

        try (BuiltImage image = build("2", KnownLayers.in(earlier))) {
            for (Layer layer : image.layers()) {
                long before = budget.taken();
                TestImages.bytes(layer.blob());
                assertThat(budget.taken() > before).isEqualTo(layer.name().equals("dependencies"));
            }
        }
    }

    @Test
    void areRefusedWhenTheyAreReadAndOthersThanWasSaid() throws Exception {
        Manifest earlier = with(built("1"), "sha256:" + "0".repeat(64));

        try (BuiltImage image = build("2", KnownLayers.in(earlier))) {
            assertThatThrownBy(() -> dependencies(image).blob().open())
                    .matches(StaleLayerException::isBehind)
                    .hasMessageContaining("the layer dependencies is sha256:")
                    .hasMessageContaining("and not sha256:0000");
        }
    }

    @Test
    void areNotTakenWithOtherContent() throws Exception {
        Manifest earlier = with(built("1"), "sha256:" + "0".repeat(64));
        application.library("small.jar", Origin.RELEASE, "another library");

        try (BuiltImage image = build("2", KnownLayers.in(earlier))) {
            assertThat(image.manifest()).isEqualTo(built("3"));
        }
    }

    @Test
    void areNotedForTheNextBuildOnTheMachine() throws Exception {
        Manifest earlier = built("1");

        try (BuiltImage image = build("1", KnownLayers.NOTED)) {
            assertThat(image.manifest()).isEqualTo(earlier);
            assertThat(budget.taken()).isZero();
            for (Layer layer : image.layers()) {
                assertThat(TestImages.bytes(layer.blob()))
                        .hasSize((int) layer.blob().descriptor().size());
            }
        }
    }

    @Test
    void areWrittenWhateverIsNotedWhereNothingIsToBeKnown() throws Exception {
        built("1");

        try (BuiltImage image = build("1", KnownLayers.NONE)) {
            assertThat(budget.taken())
                    .isGreaterThan(dependencies(image).blob().descriptor().size());
        }
    }

    @Test
    void areWrittenWhereANoteIsDamaged() throws Exception {
        Manifest earlier = built("1");
        try (var notes = Files.list(directory.resolve("1/notes"))) {
            for (Path note : notes.toList()) {
                Files.writeString(note, "{");
            }
        }

        try (BuiltImage image = build("1", KnownLayers.NOTED)) {
            assertThat(image.manifest()).isEqualTo(earlier);
            assertThat(budget.taken()).isPositive();
        }
    }

    @Test
    void areNamedAfterHowTheyAreCompressed() throws Exception {
        Encodings encodings = new Encodings();

        String gzip = encodings.name(Compression.GZIP);

        assertThat(gzip).matches("gzip-0-[0-9a-f]{12}").isEqualTo(new Encodings().name(Compression.GZIP));
        assertThat(encodings.name(Compression.zstd(3)))
                .matches("zstd-3-[0-9a-f]{12}")
                .isNotEqualTo(encodings.name(Compression.zstd(4)));
    }
}
