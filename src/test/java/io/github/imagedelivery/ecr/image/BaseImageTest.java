package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseImageTest {
    private static final Platform ARM64 = new Platform("linux", "arm64", "");

    @TempDir
    private Path directory;

    private final TestBase rich = TestBase.rich();

    @Test
    void readsALayoutDirectory() throws Exception {
        Map<String, byte[]> layout = rich.layout(MediaTypes.OCI_LAYER_GZIP, rich.gzipped());
        BaseImage base = BaseImage.onDisk(TestBase.writeDirectory(layout, directory.resolve("oci")), ARM64);

        assertIsRich(base, MediaTypes.OCI_LAYER_GZIP, rich.gzipped());
        assertThat(base.digest()).contains(manifestOf(layout));
    }

    @Test
    void readsALayoutTar() throws Exception {
        Map<String, byte[]> layout = rich.layout(MediaTypes.OCI_LAYER, rich.tars());
        BaseImage base = BaseImage.onDisk(TestBase.writeTar(layout, directory.resolve("oci.tar")), ARM64);

        assertIsRich(base, MediaTypes.OCI_LAYER, rich.tars());
        assertThat(base.digest()).contains(manifestOf(layout));
    }

    @Test
    void readsADockerArchiveOfPlainLayers() throws Exception {
        BaseImage base = BaseImage.onDisk(rich.dockerArchive(rich.tars()).write(directory.resolve("d.tar")), ARM64);

        assertIsRich(base, MediaTypes.OCI_LAYER, rich.tars());
        assertThat(base.digest()).isEmpty();
    }

    @Test
    void readsADockerArchiveOfCompressedLayers() throws Exception {
        BaseImage base = BaseImage.onDisk(rich.dockerArchive(rich.gzipped()).write(directory.resolve("d.tar")), ARM64);

        assertIsRich(base, MediaTypes.OCI_LAYER_GZIP, rich.gzipped());
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() throws Exception {
        BaseImage base = BaseImage.onDisk(rich.dockerArchive(rich.tars()).write(directory.resolve("d.tar")), ARM64);

        assertThat(base.config().get("docker_version").text()).contains("28");
        assertThat(base.config().get("config").get("Hostname").text()).contains("h");
    }

    @Test
    void choosesThePlatformFromANestedIndex() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path layout = TestBase.writeDirectory(twoPlatforms(files), directory.resolve("oci"));

        assertThat(BaseImage.onDisk(layout, Platform.LINUX_AMD64).platform()).isEqualTo(Platform.LINUX_AMD64);
        assertThat(BaseImage.onDisk(layout, Platform.parse("linux/arm64")).platform())
                .hasToString("linux/arm64/v8");
        assertThat(BaseImage.onDisk(layout, Platform.parse("linux/arm64/v8")).platform())
                .hasToString("linux/arm64/v8");
    }

    @Test
    void namesThePlatformsThatAreThere() {
        Path layout = TestBase.writeDirectory(twoPlatforms(new LinkedHashMap<>()), directory.resolve("oci"));

        assertUnreadable(
                layout,
                new Platform("linux", "s390x", ""),
                "it has no image for linux/s390x, only for linux/amd64, linux/arm64/v8");
    }

    @Test
    void namesBothPlatformsOfASingleImage() {
        Path archive = rich.dockerArchive(rich.tars()).write(directory.resolve("d.tar"));

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> BaseImage.onDisk(archive, Platform.LINUX_AMD64))
                .withMessage("its config says linux/arm64/v8")
                .matches(e -> e.problem().endsWith("d.tar is not for linux/amd64"));
    }

    @Test
    void takesAConfigThatLeavesTheVariantOut() throws Exception {
        TestBase plain = TestBase.of("{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        Path archive = plain.dockerArchive(plain.tars()).write(directory.resolve("d.tar"));

        assertThat(BaseImage.onDisk(archive, Platform.parse("linux/arm64/v8")).layers())
                .hasSize(3);
    }

    @Test
    void refusesSeveralImagesForThePlatform() {
        TestBase other = TestBase.of("{\"architecture\":\"arm64\",\"variant\":\"v8\",\"os\":\"linux\"}");
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Json> entries = List.of(
                rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars()).toJson(),
                other.addImage(files, MediaTypes.OCI_LAYER, other.tars()).toJson());
        files.put("index.json", TestBase.index(entries));

        assertUnreadable(
                TestBase.writeDirectory(files, directory.resolve("oci")),
                ARM64,
                "it holds several images for linux/arm64; keep one of them");
    }

    @Test
    void refusesAManifestOfAnotherDigest() throws Exception {
        assertDamaged(MediaTypes.OCI_MANIFEST, "has another digest");
    }

    @Test
    void refusesAConfigOfAnotherDigest() throws Exception {
        assertDamaged(MediaTypes.OCI_CONFIG, "has another digest");
    }

    @Test
    void refusesALayerOfAnotherLength() throws Exception {
        Map<String, byte[]> files = rich.layout(MediaTypes.OCI_LAYER, rich.tars());
        String path = path(Digest.of(rich.tars().get(1)));
        files.put(path, Arrays.copyOf(rich.tars().get(1), 100));

        assertUnreadable(TestBase.writeTar(files, directory.resolve("x.tar")), ARM64, "has 100 bytes instead of");
    }

    @Test
    void refusesALayerThatIsNotThere() {
        Map<String, byte[]> files = rich.layout(MediaTypes.OCI_LAYER, rich.tars());
        files.remove(path(Digest.of(rich.tars().get(1))));

        assertUnreadable(TestBase.writeTar(files, directory.resolve("x.tar")), ARM64, "is not in it");
    }

    @Test
    void failsWhenALayerOfAnotherDigestIsOpened() throws Exception {
        Map<String, byte[]> files = rich.layout(MediaTypes.OCI_LAYER, rich.tars());
        byte[] changed = rich.tars().get(1).clone();
        changed[600] ^= 1;
        files.put(path(Digest.of(rich.tars().get(1))), changed);
        Blob layer = BaseImage.onDisk(TestBase.writeTar(files, directory.resolve("x.tar")), ARM64)
                .layers()
                .get(1);

        assertThatThrownBy(() -> TestImages.bytes(layer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has another digest");
    }

    @Test
    void failsWhenTheArchiveShrinksLater() throws Exception {
        Path archive = rich.dockerArchive(rich.tars()).write(directory.resolve("d.tar"));
        Blob layer = BaseImage.onDisk(archive, ARM64).layers().get(2);
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 1000));

        assertThatThrownBy(() -> TestImages.bytes(layer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("early");
    }

    @Test
    void refusesAPlainLayerThatTheConfigDoesNotKnow() {
        List<byte[]> layers = new ArrayList<>(rich.tars());
        layers.set(0, new byte[1024]);

        assertUnreadable(rich.dockerArchive(layers).write(directory.resolve("d.tar")), ARM64, "is not sha256:");
    }

    @Test
    void refusesALayerThatIsALink() {
        Json manifest = Json.object().with("Config", Json.of("c")).with("Layers", Json.texts(List.of("x/layer.tar")));
        Path archive = new TestTar()
                .file("c", "{\"rootfs\":{\"diff_ids\":[\"sha256:" + "0".repeat(64) + "\"]}}")
                .link('2', "x/layer.tar", "../../../etc/passwd".substring(3))
                .file("manifest.json", Json.array(List.of(manifest)).bytes())
                .write(directory.resolve("d.tar"));

        assertUnreadable(archive, ARM64, "is a link that leaves the archive");
    }

    @Test
    void refusesAManifestThatIsTooLong() {
        Path archive =
                new TestTar().file("manifest.json", new byte[(4 << 20) + 1]).write(directory.resolve("d.tar"));

        assertUnreadable(archive, ARM64, "manifest.json has 4194305 bytes; at most 4194304 are read");
    }

    @Test
    void refusesIndexesNestedWithoutEnd() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] index = TestBase.index(List.of());
        for (int i = 0; i < 5; i++) {
            Descriptor inner = TestBase.add(files, MediaTypes.OCI_INDEX, index);
            index = TestBase.index(List.of(inner.toJson()));
        }
        files.put("index.json", index);

        assertUnreadable(TestBase.writeTar(files, directory.resolve("x.tar")), ARM64, "more than 3 deep");
    }

    /** Read anew each time that it is named, the innermost index would be read 27 billion times. */
    @Test
    void readsAnIndexOnceHoweverOftenItIsNamed() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] index = TestBase.index(List.of());
        for (int i = 0; i < 2; i++) {
            Descriptor inner = TestBase.add(files, MediaTypes.OCI_INDEX, index);
            index = TestBase.index(Collections.nCopies(3_000, inner.toJson()));
        }
        files.put("index.json", index);

        assertUnreadable(TestBase.writeTar(files, directory.resolve("x.tar")), ARM64, "nor any other");
    }

    @Test
    void refusesMoreImagesThanAnyToolSaves() {
        Json image = Json.object().with("Config", Json.of("c")).with("Layers", Json.array(List.of()));
        Path archive = new TestTar()
                .file("c", "{}")
                .file(
                        "manifest.json",
                        Json.array(Collections.nCopies(201, image)).bytes())
                .write(directory.resolve("d.tar"));

        assertUnreadable(archive, ARM64, "more than 200 images in it");
    }

    @Test
    void refusesACompressedArchive() throws Exception {
        Path archive = Files.write(
                directory.resolve("d.tar.gz"),
                TestBase.gzip(rich.dockerArchive(rich.tars()).bytes()));

        assertUnreadable(archive, ARM64, "it is compressed; unpack it to a plain tar first");
    }

    @Test
    void refusesWhatIsNoImage() throws Exception {
        assertUnreadable(directory.resolve("gone"), ARM64, "there is no such file or directory");
        assertUnreadable(directory, ARM64, "there is no index.json in it");
        assertUnreadable(new TestTar().file("a", "a").write(directory.resolve("a.tar")), ARM64, "no manifest.json");
        assertUnreadable(Files.writeString(directory.resolve("t"), "x".repeat(2000)), ARM64, "not a tar|not octal");
        assertUnreadable(Files.writeString(directory.resolve("e"), ""), ARM64, "no manifest.json");
    }

    private Map<String, byte[]> twoPlatforms(Map<String, byte[]> files) {
        TestBase amd64 = TestBase.of("{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        TestBase attestation = TestBase.of("{\"architecture\":\"unknown\",\"os\":\"unknown\"}");
        Json unknown = Json.object().with("os", Json.of("unknown")).with("architecture", Json.of("unknown"));
        List<Json> entries = List.of(
                amd64.addImage(files, MediaTypes.OCI_LAYER, amd64.tars()).toJson(),
                rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars()).toJson(),
                attestation
                        .addImage(files, MediaTypes.OCI_LAYER, attestation.tars())
                        .toJson()
                        .with("platform", unknown));
        Descriptor inner = TestBase.add(files, MediaTypes.OCI_INDEX, TestBase.index(entries));
        files.put("index.json", TestBase.index(List.of(inner.toJson())));
        return files;
    }

    private void assertDamaged(String type, String reason) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Descriptor manifest = rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars());
        files.put("index.json", TestBase.index(List.of(manifest.toJson())));
        Digest damaged = type.equals(MediaTypes.OCI_MANIFEST)
                ? manifest.digest()
                : Digest.of(rich.config().bytes());
        byte[] content = files.getOrDefault(path(damaged), new byte[0]).clone();
        content[content.length - 1] = ' ';
        files.put(path(damaged), content);

        assertUnreadable(TestBase.writeDirectory(files, directory.resolve("oci")), ARM64, reason);
    }

    private void assertIsRich(BaseImage base, String type, List<byte[]> layers) throws IOException {
        assertThat(base.config()).isEqualTo(rich.config());
        assertThat(base.layers()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            Blob layer = base.layers().get(i);
            assertThat(layer.descriptor()).isEqualTo(Descriptor.of(type, layers.get(i)));
            assertThat(TestImages.bytes(layer)).isEqualTo(layers.get(i));
            assertThat(TestImages.bytes(layer)).as("opened again").isEqualTo(layers.get(i));
        }
    }

    private static void assertUnreadable(Path path, Platform wanted, String reason) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> BaseImage.onDisk(path, wanted))
                .matches(e -> String.valueOf(e.getMessage()).matches("(?s).*(" + reason + ").*"), reason)
                .matches(e -> e.problem().equals("Cannot use " + path + " as base image"));
    }

    private static Digest manifestOf(Map<String, byte[]> layout) throws Exception {
        Json entry = Json.parse(layout.getOrDefault("index.json", new byte[0]))
                .get("manifests")
                .items()
                .get(0);
        return Descriptor.read(entry).digest();
    }

    private static String path(Digest digest) {
        return "blobs/sha256/" + digest.encoded();
    }
}
