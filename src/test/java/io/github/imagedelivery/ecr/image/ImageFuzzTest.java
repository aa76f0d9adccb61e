package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.fuzz.Scratch;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

@Fuzz
class ImageFuzzTest {
    private static final Platform ARM = new Platform("linux", "arm64", "");
    private static final byte[] HEADER = TarHeader.of("a/b.json", 3);
    private static final Scratch SCRATCH = Scratch.make();
    private static final TestApplication APPLICATION =
            TestApplication.in(SCRATCH.directory().resolve("app"));

    @AfterContainer
    static void remove() {
        SCRATCH.close();
    }

    @Provide
    Arbitrary<byte[]> headers() {
        return Foreign.damaged(HEADER, TarHeader.of("x".repeat(100), 0));
    }

    @Provide
    Arbitrary<String> paths() {
        return Foreign.damaged("a/../../b", "../x", "./a/..", "/etc/x", "a\\..\\b", "blobs/sha256/00");
    }

    @Provide
    Arbitrary<byte[]> extendedHeaders() {
        return Foreign.damaged(
                "12 path=a/b\n15 size=123456\n".getBytes(UTF_8),
                "21 linkpath=../../../\n30 mtime=1350244992.023960108\n".getBytes(UTF_8),
                "1 ".repeat(50).getBytes(UTF_8),
                "999999 path=".getBytes(UTF_8));
    }

    @Provide
    Arbitrary<byte[]> tars() {
        return Foreign.damaged(
                new TestTar()
                        .pax("path=long/name", "size=2")
                        .file("a", "{}")
                        .link('2', "dir/l", "../a")
                        .file("manifest.json", "[]")
                        .bytes(),
                TestBase.rich().dockerArchive(TestBase.rich().tars()).bytes());
    }

    /** Layouts with a wrong index, or with a wrong config under the right digest. */
    @Provide
    Arbitrary<Map<String, byte[]>> layouts() throws FormatException {
        Map<String, byte[]> whole = layout(TestBase.rich());
        byte[] index = Objects.requireNonNull(whole.get("index.json"));
        Arbitrary<byte[]> indexes = Arbitraries.oneOf(
                Foreign.damaged(index), Foreign.changed(Json.parse(index)).map(Json::bytes));
        return Arbitraries.oneOf(
                indexes.map(changed -> {
                    Map<String, byte[]> files = new LinkedHashMap<>(whole);
                    files.put("index.json", changed);
                    return files;
                }),
                configs().map(config -> layout(TestBase.of(config.toString()))));
    }

    private static Map<String, byte[]> layout(TestBase base) {
        return base.layout(MediaTypes.OCI_LAYER_GZIP, base.gzipped());
    }

    @Provide
    Arbitrary<Json> configs() {
        return Foreign.changed(TestBase.rich().config());
    }

    @Provide
    Arbitrary<String> labels() {
        return Foreign.damaged("org.opencontainers.image.title", "v1 --x", "a\n::error::b", "${x}", "\u202e\"}}");
    }

    @Property(tries = 4000)
    void readsAHeaderOfATarOrRefusesIt(@ForAll("headers") byte[] bytes) {
        byte[] block = Arrays.copyOf(bytes, TarHeader.BYTES);
        Guard.read(FormatException.class, () -> TarHeader.read(block));
        Guard.read(
                FormatException.class,
                () -> assertThat(TarHeader.read(TestTar.signed(block.clone())).size())
                        .isBetween(0L, 1L << 36));
    }

    @Property(tries = 4000)
    void readsAnExtendedHeaderOrRefusesIt(@ForAll("extendedHeaders") byte[] records) {
        Guard.read(FormatException.class, () -> PaxRecords.read(records));
        Guard.read(
                FormatException.class,
                () -> read(
                        new TestTar().entry('x', "p", "", records).file("a", "").bytes()));
    }

    @Property(tries = 3000)
    void findsTheFilesOfATarInItOrRefusesIt(@ForAll("tars") byte[] tar) {
        Guard.read(FormatException.class, () -> read(tar));
    }

    @Property(tries = 1000)
    void takesNoNameThatLeavesATar(@ForAll("paths") String path) {
        String plain = path.replaceAll("[^ -~]", "");
        String name = plain.substring(0, Math.min(plain.length(), 100));
        Guard.read(
                FormatException.class, () -> read(new TestTar().file(name, "x").bytes()));
        Guard.read(
                FormatException.class,
                () -> read(new TestTar().pax("path=" + name).file("a", "x").bytes()));
    }

    private static void read(byte[] tar) throws FormatException {
        try {
            Map<String, Content> files = TarFiles.in(TestImages.content(tar)).all();
            for (Map.Entry<String, Content> file : files.entrySet()) {
                assertThat("/" + file.getKey() + "/").doesNotContain("/../", "\0", "\\");
                assertThat(file.getKey()).doesNotStartWith("/");
                assertThat(file.getValue().open().readAllBytes())
                        .hasSize((int) file.getValue().size());
            }
        } catch (IOException e) {
            throw new AssertionError("a tar in memory can be read", e);
        }
    }

    @Provide
    Arbitrary<byte[]> framesOfZstd() throws IOException {
        byte[] tar = new TestTar().pax("path=long/name").file("a", "text").bytes();
        return Foreign.damaged(
                ZstdTest.compress(tar, 1), ZstdTest.compress(tar, 19), ZstdTest.compress(new byte[1_000_000], 3));
    }

    @Property(tries = 3000)
    void readsALayerOfZstdOrRefusesIt(@ForAll("framesOfZstd") byte[] layer) {
        Guard.read(FormatException.class, () -> {
            try {
                Blob blob = Blob.of(MediaTypes.OCI_LAYER_ZSTD, layer);
                LayerStream.walk(blob, new ReadAllowance(1 << 24, 1 << 20), (file, content) -> {});
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    @Property(tries = 400)
    void takesAnArchiveAsBaseOrRefusesIt(@ForAll("tars") byte[] tar) throws IOException {
        Path file = Files.write(SCRATCH.directory().resolve("base.tar"), tar);

        Guard.read(ImageException.class, () -> BaseImage.onDisk(file, ARM)).ifPresent(ImageFuzzTest::isPlain);
    }

    @Property(tries = 300)
    void takesALayoutAsBaseOrRefusesIt(@ForAll("layouts") Map<String, byte[]> files) {
        Path file = TestBase.writeTar(files, SCRATCH.directory().resolve("base.tar"));

        Guard.read(ImageException.class, () -> BaseImage.onDisk(file, ARM)).ifPresent(ImageFuzzTest::isPlain);
    }

    @Property(tries = 300)
    void buildsOnAnyConfigOrRefusesIt(@ForAll("configs") Json config) {
        List<Blob> layers = TestBase.rich().gzipped().stream()
                .map(layer -> Blob.of(MediaTypes.OCI_LAYER_GZIP, layer))
                .toList();
        ImageBuilder builder = TestImages.builder(SCRATCH.directory().resolve("cache"));

        Guard.read(ImageException.class, () -> {
                    BaseImage base = new BaseImage("base", Optional.empty(), config, layers);
                    builder.build(APPLICATION.plan(), base).close();
                })
                .ifPresent(ImageFuzzTest::isPlain);
    }

    @Property(tries = 200)
    void writesALabelAsItIsGivenOrRefusesIt(@ForAll("labels") String name, @ForAll("labels") String value) {
        ImagePlan plan = APPLICATION.plan();
        ImagePlan labelled = new ImagePlan(plan.application(), plan.container(), Map.of(name, value), plan.created());
        ImageBuilder builder = TestImages.builder(SCRATCH.directory().resolve("cache"));

        Guard.read(ImageException.class, () -> {
                    try (BuiltImage image = builder.build(labelled, BaseImage.scratch(ARM))) {
                        Json labels = TestImages.config(image).get("config").get("Labels");
                        assertThat(labels).isEqualTo(Json.object().with(name, Json.of(value)));
                    }
                })
                .ifPresent(ImageFuzzTest::isPlain);
    }

    private static void isPlain(ImageException refusal) {
        assertThat(refusal.problem() + refusal.getMessage() + refusal.remedy()).doesNotContainPattern("\\p{Cc}");
    }
}
