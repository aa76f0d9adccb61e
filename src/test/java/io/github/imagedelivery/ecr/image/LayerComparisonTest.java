package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** How files of two layers are told apart, and that a layer which was made to harm does none. */
class LayerComparisonTest {
    private static final Sides SIDES = new Sides("in ECR", "in this build");
    private static final String LONG_NAME = "app/classes/" + "deep/".repeat(30) + "A.class";

    private static Blob gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return Blob.of(MediaTypes.OCI_LAYER_GZIP, compressed.toByteArray());
    }

    private static Blob gzip(TestTar tar) throws IOException {
        return gzip(tar.bytes());
    }

    private static ReadAllowance plenty() {
        return new ReadAllowance(1L << 30, 1 << 24);
    }

    private static List<String> differences(TestTar before, TestTar now) throws Exception {
        return differences(gzip(before), gzip(now));
    }

    private static List<String> differences(Blob before, Blob now) throws Exception {
        return LayerComparison.between(before, now, plenty()).stream()
                .map(f -> f.shown(SIDES))
                .toList();
    }

    /** Returns a file whose header has the text at the offset. */
    private static TestTar withField(int offset, String text) {
        byte[] header = TarHeader.of("app/a.sh", 0);
        System.arraycopy(text.getBytes(UTF_8), 0, header, offset, text.length());
        return new TestTar().raw(TestTar.signed(header));
    }

    @Test
    void findsWhatIsNewWhatIsGoneAndWhatIsChanged() throws Exception {
        TestTar before = new TestTar().file("app/a", "1").file("app/b", "1").file("app/c", "1");
        TestTar now = new TestTar().file("app/b", "2").file("app/c", "1").file("app/d", "longer");

        assertThat(differences(before, now))
                .containsExactly("app/a (only in ECR)", "app/b (content)", "app/d (only in this build)");
    }

    @Test
    void namesBothSizes() throws Exception {
        assertThat(differences(new TestTar().file("app/a", "1"), new TestTar().file("app/a", "22")))
                .containsExactly("app/a (content, size 1 -> 2)");
    }

    @Test
    void namesBothModes() throws Exception {
        assertThat(differences(withField(100, "0000644"), withField(100, "0000755")))
                .containsExactly("app/a.sh (mode 0644 -> 0755)");
    }

    @Test
    void namesBothOwners() throws Exception {
        assertThat(differences(withField(108, "0000000"), withField(108, "0001750")))
                .containsExactly("app/a.sh (owner 0:0 -> 1000:0)");
    }

    @Test
    void namesBothTimes() throws Exception {
        assertThat(differences(withField(136, "00000000001"), withField(136, "00000000002")))
                .containsExactly("app/a.sh (time 1970-01-01T00:00:01Z -> 1970-01-01T00:00:02Z)");
    }

    @Test
    void namesBothTargetsOfALink() throws Exception {
        assertThat(differences(new TestTar().link('2', "lib", "lib64"), new TestTar().link('2', "lib", "usr/lib")))
                .containsExactly("lib (target of the link lib64 -> usr/lib)");
    }

    @Test
    void readsLongNames() throws Exception {
        TestTar before = new TestTar().pax("path=" + LONG_NAME).file("short", "1");
        TestTar now = new TestTar().pax("path=" + LONG_NAME).file("short", "2");

        assertThat(differences(before, now)).containsExactly(LONG_NAME + " (content)");
    }

    @Test
    void findsNoFileWhereOnlyTheOrderDiffers() throws Exception {
        assertThat(differences(
                        new TestTar().file("a", "1").file("b", "2"),
                        new TestTar().file("b", "2").file("a", "1")))
                .isEmpty();
    }

    @Test
    void readsALayerWithoutCompression() throws Exception {
        byte[] plain = new TestTar().file("a", "1").bytes();

        assertThat(differences(Blob.of(MediaTypes.OCI_LAYER, plain), gzip(new TestTar().file("a", "2"))))
                .containsExactly("a (content)");
    }

    private static TestTar library(TestJar jar) {
        return new TestTar().file("app/libs/util.jar", jar.bytes());
    }

    @Test
    void saysThatInAJarOnlyTheTimesDiffer() throws Exception {
        TestTar before = library(TestJar.builtOn(1, 1).file("A.class", "same"));
        TestTar now = library(TestJar.builtOn(1, 2).file("A.class", "same"));

        List<FileDifference> found = LayerComparison.between(gzip(before), gzip(now), plenty());

        assertThat(found).singleElement().satisfies(jar -> {
            assertThat(jar.shown(SIDES)).isEqualTo("app/libs/util.jar (the times of its files only)");
            assertThat(jar.isOfTime()).isTrue();
        });
    }

    @Test
    void takesThePropertiesOfOldArchiversForATime() throws Exception {
        String file = "META-INF/maven/g/a/pom.properties";
        TestTar before = library(TestJar.builtOn(1, 1).file("A.class", "same").file(file, "#Thu Jan 1"));
        TestTar now = library(TestJar.builtOn(1, 2).file("A.class", "same").file(file, "#Fri Jan 2"));

        List<FileDifference> found = LayerComparison.between(gzip(before), gzip(now), plenty());

        assertThat(found).singleElement().satisfies(jar -> {
            assertThat(jar.shown(SIDES)).isEqualTo("app/libs/util.jar (in it " + file + ")");
            assertThat(jar.isOfTime()).isTrue();
        });
    }

    @Test
    void namesTheFilesThatDifferInAJar() throws Exception {
        TestTar before = library(TestJar.builtOn(1, 1).file("A.class", "1").file("B.class", "1"));
        TestTar now = library(TestJar.builtOn(1, 2).file("A.class", "2").file("C.class", "1"));

        List<FileDifference> found = LayerComparison.between(gzip(before), gzip(now), plenty());

        assertThat(found).singleElement().satisfies(jar -> {
            assertThat(jar.shown(SIDES))
                    .isEqualTo("app/libs/util.jar (in it A.class, B.class only in ECR, C.class only in this build)");
            assertThat(jar.isOfTime()).isFalse();
        });
    }

    @Test
    void namesAFewOfManyFilesInAJar() throws Exception {
        TestJar before = TestJar.builtOn(1, 1);
        TestJar now = TestJar.builtOn(1, 1);
        for (int i = 0; i < 9; i++) {
            before.file(i + ".class", "1");
            now.file(i + ".class", "2");
        }

        assertThat(differences(library(before), library(now)))
                .containsExactly("app/libs/util.jar (in it 0.class, 1.class, 2.class, 3.class, 4.class, 4 more)");
    }

    @Test
    void takesAJarThatIsNoneForAFile() throws Exception {
        assertThat(differences(new TestTar().file("a.jar", "text"), new TestTar().file("a.jar", "word")))
                .containsExactly("a.jar (content)");
    }

    @Test
    void showsNoControlCharacterOfAName() throws Exception {
        assertThat(differences(new TestTar().file("a\u001b[2Jb", "1"), new TestTar()))
                .containsExactly("a [2Jb (only in ECR)");
    }

    @Test
    void refusesALayerThatUnpacksToFarTooMuch() throws Exception {
        Blob bomb = gzip(new TestTar().file("zeros", new byte[64 * 1024 * 1024]));

        assertThatThrownBy(() -> differences(bomb, gzip(new TestTar())))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it unpacks to more than 1[0-9]{7} bytes");
    }

    @Test
    void takesAJarThatUnpacksToFarTooMuchForAFile() throws Exception {
        TestTar before = library(TestJar.builtOn(1, 1).file("zeros", new byte[64 * 1024 * 1024]));
        TestTar now = library(TestJar.builtOn(1, 1).file("zeros", "0"));

        assertThat(differences(before, now)).singleElement().asString().startsWith("app/libs/util.jar (content, size");
    }

    @Test
    void readsNoMoreThanIsAllowedForAllLayersTogether() throws Exception {
        Blob layer = gzip(new TestTar().file("text", new byte[10_000]));
        ReadAllowance allowance = new ReadAllowance(30_000, 1 << 20);

        assertThat(LayerComparison.between(layer, layer, allowance)).isEmpty();
        assertThatThrownBy(() -> LayerComparison.between(layer, layer, allowance))
                .isInstanceOf(IOException.class)
                .hasMessage("there are too many bytes to compare");
    }

    @Test
    void listsNoMoreFilesThanFitIntoTheMemoryThatIsAllowed() throws Exception {
        TestTar tar = new TestTar();
        for (int i = 0; i < 1000; i++) {
            tar.file("file" + i, "");
        }
        Blob layer = gzip(tar);

        assertThatThrownBy(() -> LayerComparison.between(layer, layer, new ReadAllowance(1 << 24, 100_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("there are too many files to compare");
    }

    @Test
    void refusesAnExtendedHeaderThatIsTooLarge() throws Exception {
        Blob layer = gzip(new TestTar().entry('x', "PaxHeaders/next", "", new byte[PaxRecords.MAX_BYTES + 1]));

        assertThatThrownBy(() -> differences(layer, gzip(new TestTar())))
                .isInstanceOf(FormatException.class)
                .hasMessage("it has an extended header of 65537 bytes");
    }

    private static Blob zstd(TestTar tar) throws IOException {
        return Blob.of(MediaTypes.OCI_LAYER_ZSTD, ZstdTest.compress(tar.bytes(), 3));
    }

    @Test
    void findsNoFileWhereOnlyTheCompressionDiffers() throws Exception {
        TestTar tar = new TestTar().file("a", "1").file("b", "2");

        assertThat(differences(gzip(tar), zstd(tar))).isEmpty();
    }

    @Test
    void readsALayerOfZstd() throws Exception {
        assertThat(differences(zstd(new TestTar().file("a", "1")), zstd(new TestTar().file("a", "2"))))
                .containsExactly("a (content)");
    }

    @Test
    void refusesALayerOfZstdThatUnpacksToFarTooMuch() throws Exception {
        Blob bomb = zstd(new TestTar().file("zeros", new byte[64 * 1024 * 1024]));

        assertThatThrownBy(() -> differences(bomb, gzip(new TestTar())))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it unpacks to more than 1[0-9]{6} bytes");
    }

    @Test
    void refusesALayerOfZstdThatWantsTooMuchMemory() {
        Blob layer = Blob.of(MediaTypes.OCI_LAYER_ZSTD, ZstdTest.frameWithWindow(28));

        assertThatThrownBy(() -> differences(layer, gzip(new TestTar()))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesALayerOfAnUnknownType() throws Exception {
        Blob layer = Blob.of("application/wasm", new byte[8]);

        assertThatThrownBy(() -> differences(layer, gzip(new TestTar())))
                .isInstanceOf(FormatException.class)
                .hasMessage("a layer of type \"application/wasm\" cannot be used");
    }

    @Test
    void readsALayerToItsEndSoThatAllOfItIsVerified() throws Exception {
        byte[] behindTheTar = new byte[300_000];
        new Random(1).nextBytes(behindTheTar);
        byte[] content = TestImages.bytes(gzip(new TestTar().raw(new byte[1024]).raw(behindTheTar)));
        Blob sound = Blob.of(MediaTypes.OCI_LAYER_GZIP, content);
        Descriptor other = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(behindTheTar), content.length);

        assertThat(differences(sound, sound)).isEmpty();
        assertThatThrownBy(() -> differences(new VerifiedBlob(other, TestImages.content(content)), sound))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has another digest");
    }

    @Test
    void refusesWhatIsNoGzip() {
        Blob layer = Blob.of(MediaTypes.OCI_LAYER_GZIP, "text, and no layer".getBytes(UTF_8));

        assertThatThrownBy(() -> differences(layer, layer)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsNoTar() throws Exception {
        Blob layer = gzip("no tar".repeat(500).getBytes(UTF_8));

        assertThatThrownBy(() -> differences(layer, layer))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("a number in a tar header is not octal");
    }
}
