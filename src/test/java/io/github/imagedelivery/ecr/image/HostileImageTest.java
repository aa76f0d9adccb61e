package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layouts and archives that are damaged, or made to harm. What a tar may hold is told by {@link TarFilesTest}. */
class HostileImageTest {
    private static final TestBase RICH = TestBase.rich();

    @TempDir
    Path directory;

    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments("no index", without("index.json"), "there is no manifest.json in it"),
                arguments("index that is no JSON", with("index.json", "{"), "JSON"),
                arguments("index nested deep", with("index.json", "[".repeat(100_000)), "JSON"),
                arguments("index that is a manifest", with("index.json", "{\"layers\":[]}"), "\"layers\""),
                arguments("no image", with("index.json", "{\"manifests\":[]}"), "there is no image in it"),
                arguments("too many images", entry(image -> TestBase.index(Collections.nCopies(201, image))), "200"),
                arguments("size that is a lie", changed("size", Json.of(7)), "bytes instead of 7"),
                arguments("config of another size", configOfSize(7), "bytes instead of 7"),
                arguments(
                        "type that is a lie",
                        changed("mediaType", Json.of(MediaTypes.DOCKER_MANIFEST)),
                        "an index calls sha256:"),
                arguments("index that is none", changed("mediaType", Json.of(MediaTypes.OCI_INDEX)), "an index calls"),
                arguments("digest of a path", changed("digest", Json.of("sha256:../../etc/passwd")), "digest"),
                arguments("manifest that is not there", changed("digest", Json.of(other())), "there is no blobs/"),
                arguments("index in an index", nested(2), "names an index"),
                arguments("empty index", index(List.of()), "names no image"),
                arguments("index without end", indexOfMany(), "names more than 200"),
                arguments("escape in a platform", platform("linux\u001b[2J"), "which is no platform"),
                arguments("image without a platform", image("{}"), "which is no platform"),
                arguments("config of another digest", damaged(RICH.config().bytes()), "has another digest"),
                arguments("layer that is not there", without(path(RICH.tars().get(1))), "is not in it"),
                arguments("layer that is cut", with(path(RICH.tars().get(1)), "x"), "has 1 bytes instead of"),
                arguments("foreign layer", layers("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"), "type"),
                arguments(
                        "layers and diff ids that differ",
                        image("{\"architecture\":\"arm\",\"os\":\"x\"}"),
                        "diff ids"),
                arguments("manifest with no config", manifest("{\"layers\":[]}"), "no image in it"),
                arguments("manifest that is an index, too", manifest("{\"manifests\":[]}"), "does not belong"));
    }

    private static Map<String, byte[]> plain() {
        return RICH.layout(MediaTypes.OCI_LAYER, RICH.tars());
    }

    private static String path(byte[] blob) {
        return "blobs/sha256/" + Digest.of(blob).encoded();
    }

    private static String other() {
        return "sha256:" + "0".repeat(64);
    }

    private static Map<String, byte[]> without(String path) {
        Map<String, byte[]> files = plain();
        files.remove(path);
        return files;
    }

    private static Map<String, byte[]> with(String path, String content) {
        Map<String, byte[]> files = plain();
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static Map<String, byte[]> damaged(byte[] blob) {
        byte[] other = blob.clone();
        other[other.length - 1] = ' ';
        Map<String, byte[]> files = plain();
        files.put(path(blob), other);
        return files;
    }

    private interface Writing {
        byte[] index(Json image);
    }

    private static Map<String, byte[]> entry(Writing writing) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Descriptor image = RICH.addImage(files, MediaTypes.OCI_LAYER, RICH.tars());
        files.put("index.json", writing.index(image.toJson()));
        return files;
    }

    private static Map<String, byte[]> changed(String field, Json value) {
        return entry(image -> TestBase.index(List.of(image.with(field, value))));
    }

    private static Map<String, byte[]> nested(int depth) {
        return wrapped(depth, UnaryOperator.identity());
    }

    private static Map<String, byte[]> platform(String os) {
        Json platform = Json.object().with("os", Json.of(os)).with("architecture", Json.of("arm64"));
        return wrapped(1, image -> image.with("platform", platform));
    }

    private static Map<String, byte[]> wrapped(int depth, UnaryOperator<Json> change) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Json inner = change.apply(
                RICH.addImage(files, MediaTypes.OCI_LAYER, RICH.tars()).toJson());
        for (int i = 0; i < depth; i++) {
            inner = TestBase.add(files, MediaTypes.OCI_INDEX, TestBase.index(List.of(inner)))
                    .toJson();
        }
        files.put("index.json", TestBase.index(List.of(inner)));
        return files;
    }

    private static Map<String, byte[]> index(List<Json> images) {
        Map<String, byte[]> files = plain();
        Descriptor index = TestBase.add(files, MediaTypes.OCI_INDEX, TestBase.index(images));
        files.put("index.json", TestBase.index(List.of(index.toJson())));
        return files;
    }

    private static Map<String, byte[]> indexOfMany() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Descriptor image = RICH.addImage(files, MediaTypes.OCI_LAYER, RICH.tars());
        byte[] many = TestBase.index(Collections.nCopies(201, image.toJson()));
        Descriptor index = TestBase.add(files, MediaTypes.OCI_INDEX, many);
        files.put("index.json", TestBase.index(List.of(index.toJson())));
        return files;
    }

    private static Map<String, byte[]> layers(String type) {
        return RICH.layout(type, RICH.tars());
    }

    /** Returns an image whose config says this, and no layers that it has diff ids for. */
    private static Map<String, byte[]> image(String config) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] document = config.getBytes(StandardCharsets.UTF_8);
        List<Json> layers = config.equals("{}")
                ? List.of()
                : List.of(TestBase.add(files, MediaTypes.OCI_LAYER, document).toJson());
        Json manifest = Json.object()
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with(
                        "config",
                        TestBase.add(files, MediaTypes.OCI_CONFIG, document).toJson())
                .with("layers", Json.array(layers));
        return manifest(files, manifest.bytes());
    }

    private static Map<String, byte[]> configOfSize(long size) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Json config = RICH.config();
        Descriptor written = TestBase.add(files, MediaTypes.OCI_CONFIG, config.bytes());
        Json manifest = Json.object()
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", written.toJson().with("size", Json.of(size)))
                .with("layers", Json.array(List.of()));
        return manifest(files, manifest.bytes());
    }

    private static Map<String, byte[]> manifest(String document) {
        return manifest(new LinkedHashMap<>(), document.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, byte[]> manifest(Map<String, byte[]> files, byte[] document) {
        Descriptor image = TestBase.add(files, MediaTypes.OCI_MANIFEST, document);
        files.put("index.json", TestBase.index(List.of(image.toJson())));
        return files;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void refusesALayoutWith(String name, Map<String, byte[]> files, String reason) {
        refuses(TestBase.writeTar(files, directory.resolve("layout.tar")), reason);
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                arguments("config outside", archive("../../etc/passwd", "layer"), "there is no ../../etc/passwd"),
                arguments("layer outside", archive("config.json", "/etc/passwd"), "the layer /etc/passwd is not in it"),
                arguments("layer that is a link", archive("config.json", "link"), "is a link, which is not followed"),
                arguments("layer of another content", archive("config.json", "layer"), "is not sha256:"),
                arguments("no manifest", new TestTar().file("a", "a"), "there is no manifest.json"),
                arguments("no image", new TestTar().file("manifest.json", "[]"), "there is no image in it"),
                arguments("manifest that is none", new TestTar().file("manifest.json", "7"), "there is no image in it"),
                arguments("huge manifest", new TestTar().file("manifest.json", new byte[5 << 20]), "at most 4194304"),
                arguments("size beyond the file", new TestTar().sized("a", "77777777777", new byte[9]), "cut off"),
                arguments("name outside", new TestTar().file("../../x", "x"), "leaves the archive"),
                arguments("device", new TestTar().link('3', "null", ""), "neither file nor directory"),
                arguments("hard link", new TestTar().link('1', "b", "/etc/passwd"), "neither file nor directory"),
                arguments("file twice", new TestTar().file("a", "1").file("a", "2"), "is there twice"));
    }

    private static TestTar archive(String config, String layer) {
        Json image = Json.object().with("Config", Json.of(config)).with("Layers", Json.texts(List.of(layer)));
        return new TestTar()
                .file(
                        "config.json",
                        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"" + other() + "\"]}}")
                .file("layer", "content")
                .link('2', "link", "layer")
                .file("manifest.json", Json.array(List.of(image)).bytes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void refusesAnArchiveWith(String name, TestTar tar, String reason) {
        refuses(tar.write(directory.resolve("archive.tar")), reason);
    }

    private static void refuses(Path path, String reason) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> PrebuiltImage.read(path, Optional.empty()))
                .matches(e -> e.problem().equals("Cannot push the image " + path + "; nothing was sent"))
                .matches(e -> e.remedy().startsWith("set ecr.image to "))
                .withMessageContaining(reason);
    }

    @Test
    // Hours, where each letter could begin a name that goes on to the end.
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void looksForSecretsInMegabytesOfLetters() {
        String letters = "a".repeat(1_000_000) + " " + "a-".repeat(500_000);
        Json step = Json.object().with("created_by", Json.of(letters));
        Json config = Json.object()
                .with("config", Json.object().with("Labels", Json.object().with("letters", Json.of(letters))))
                .with("history", Json.array(List.of(step)));

        assertThat(SecretSettings.look(config)).isEmpty();
    }

    @Test
    void holdsOnceWhatAnIndexNamesAgainAndAgain() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Json image = RICH.addImage(files, MediaTypes.OCI_LAYER, RICH.tars()).toJson();
        Json manifest = Json.parse(files.getOrDefault(
                "blobs/sha256/" + image.get("digest").text().orElseThrow().substring("sha256:".length()), new byte[0]));
        Json other = TestBase.add(
                        files,
                        MediaTypes.OCI_MANIFEST,
                        manifest.with("annotations", Json.object()).bytes())
                .toJson();
        Descriptor index =
                TestBase.add(files, MediaTypes.OCI_INDEX, TestBase.index(List.of(image, other, image, other)));
        files.put("index.json", TestBase.index(List.of(index.toJson())));

        PrebuiltImage read =
                PrebuiltImage.read(TestBase.writeTar(files, directory.resolve("layout.tar")), Optional.empty());

        try (ImageSet images = TestImages.builder(directory.resolve("cache")).take(read)) {
            assertThat(images.images()).hasSize(4);
            assertThat(images.children()).hasSize(2);
            Set<Object> held = Collections.newSetFromMap(new IdentityHashMap<>());
            images.images().forEach(child -> held.add(child.config()));
            assertThat(held).hasSize(1);
            assertThat(images.images().get(2)).isSameAs(images.images().get(0));
        }
    }

    @Test
    void givesNoLayerToItsEndThatInflatesToSomethingElse() throws Exception {
        byte[] bomb = TestBase.gzip(new byte[70 << 20]);
        Map<String, byte[]> files = RICH.layout(
                MediaTypes.OCI_LAYER_GZIP,
                List.of(bomb, bomb, TestBase.gzip("other".getBytes(StandardCharsets.UTF_8))));

        try (ImageSet set = take(files)) {
            assertEndsIn(layer(set, 0), "inflates to more than");
            assertEndsIn(layer(set, 2), "inflates to sha256:");
        }
    }

    @Test
    void givesNoLayerToItsEndThatHasAnotherDigest() throws Exception {
        byte[] changed = RICH.tars().get(0).clone();
        changed[600] ^= 1;
        Map<String, byte[]> files = plain();
        files.put(path(RICH.tars().get(0)), changed);

        try (ImageSet set = take(files)) {
            assertEndsIn(layer(set, 0), "has another digest");
        }
    }

    private ImageSet take(Map<String, byte[]> files) throws ImageException {
        Path path = TestBase.writeTar(files, directory.resolve("layout.tar"));
        return TestImages.builder(directory.resolve("cache")).take(PrebuiltImage.read(path, Optional.empty()));
    }

    private static Blob layer(ImageSet set, int layer) {
        return set.first().layers().get(layer).blob();
    }

    private static void assertEndsIn(Blob layer, String reason) {
        assertThatExceptionOfType(LayerException.class)
                .isThrownBy(() -> TestImages.bytes(layer))
                .withMessageContaining(reason);
        assertThat(layer.descriptor().size()).isPositive();
    }
}
