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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of another tool, as it lies on disk. */
class PrebuiltImageTest {
    private static final String AMD64 = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";

    @TempDir
    Path directory;

    private final TestBase rich = TestBase.rich();

    private ImageSet take(Path path) throws ImageException {
        return take(path, Optional.empty());
    }

    private ImageSet take(Path path, Optional<String> entry) throws ImageException {
        return TestImages.builder(directory.resolve("cache")).take(PrebuiltImage.read(path, entry));
    }

    private Path write(Map<String, byte[]> layout) {
        return TestBase.writeTar(layout, directory.resolve("image.tar"));
    }

    private static Json named(Descriptor image, String name) {
        Json annotations = Json.object().with("org.opencontainers.image.ref.name", Json.of(name));
        return image.toJson().with("annotations", annotations);
    }

    @Test
    void keepsEveryByteOfALayout() throws Exception {
        Map<String, byte[]> layout = rich.layout(MediaTypes.OCI_LAYER_GZIP, rich.gzipped());

        for (Path path : List.of(write(layout), TestBase.writeDirectory(layout, directory.resolve("oci")))) {
            try (ImageSet set = take(path)) {
                assertThat(set.root().bytes()).isEqualTo(blob(layout, set.root().digest()));
                assertThat(set.platforms()).hasToString("[linux/arm64/v8]");
                assertThat(set.first().layers())
                        .allSatisfy(layer -> assertThat(TestImages.bytes(layer.blob()))
                                .isEqualTo(
                                        blob(layout, layer.blob().descriptor().digest())));
                assertThat(TestImages.bytes(set.first().config()))
                        .isEqualTo(rich.config().bytes());
            }
        }
    }

    private static byte[] blob(Map<String, byte[]> layout, Digest digest) {
        return layout.getOrDefault("blobs/sha256/" + digest.encoded(), new byte[0]);
    }

    @Test
    void followsLinksThatBazelAndNixMakeLayoutsOf() throws Exception {
        Path real =
                TestBase.writeDirectory(rich.layout(MediaTypes.OCI_LAYER, rich.tars()), directory.resolve("store/oci"));
        Path link = Files.createSymbolicLink(directory.resolve("result"), real);
        Path blobs = real.resolve("blobs");
        Files.move(blobs, directory.resolve("store/blobs"));
        Files.createSymbolicLink(blobs, directory.resolve("store/blobs"));

        try (ImageSet set = take(link)) {
            assertThat(set.first().layers()).hasSize(3);
        }
    }

    @Test
    void takesAnIndexWithAllThatItNames() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TestBase amd64 = TestBase.of(AMD64);
        byte[] statement = "{}".getBytes(StandardCharsets.UTF_8);
        Json attestation = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with(
                        "config",
                        TestBase.add(files, MediaTypes.OCI_CONFIG, statement).toJson())
                .with(
                        "layers",
                        Json.array(List.of(TestBase.add(files, "application/vnd.in-toto+json", statement)
                                .toJson())));
        Json unknown = Json.object().with("os", Json.of("unknown")).with("architecture", Json.of("unknown"));
        Descriptor index = TestBase.add(
                files,
                MediaTypes.OCI_INDEX,
                TestBase.index(List.of(
                        amd64.addImage(files, MediaTypes.OCI_LAYER, amd64.tars())
                                .toJson(),
                        rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars()).toJson(),
                        TestBase.add(files, MediaTypes.OCI_MANIFEST, attestation.bytes())
                                .toJson()
                                .with("platform", unknown))));
        files.put("index.json", TestBase.index(List.of(named(index, "1.4.0"), named(index, "latest"))));

        try (ImageSet set = take(write(files))) {
            assertThat(set.root().digest()).isEqualTo(index.digest());
            assertThat(set.platforms()).hasToString("[linux/amd64, linux/arm64/v8, unknown/unknown]");
            assertThat(set.children()).hasSize(3);
            assertThat(set.images().get(2).layers()).hasSize(1);
        }
    }

    @Test
    void takesArtifactsOfAnIndexThatNameNoPlatform() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        Json artifact = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("artifactType", Json.of("application/spdx+json"))
                .with(
                        "config",
                        TestBase.add(files, "application/vnd.oci.empty.v1+json", empty)
                                .toJson())
                .with(
                        "layers",
                        Json.array(List.of(TestBase.add(files, "application/spdx+json", empty)
                                .toJson())));
        Descriptor index = TestBase.add(
                files,
                MediaTypes.OCI_INDEX,
                TestBase.index(List.of(
                        rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars()).toJson(),
                        TestBase.add(files, MediaTypes.OCI_MANIFEST, artifact.bytes())
                                .toJson())));
        files.put("index.json", TestBase.index(List.of(index.toJson())));

        try (ImageSet set = take(write(files))) {
            assertThat(set.root().digest()).isEqualTo(index.digest());
            assertThat(set.platforms()).hasToString("[linux/arm64/v8, unknown/unknown]");
        }
    }

    @Test
    void keepsTheTypesOfDocker() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Json> layers = rich.gzipped().stream()
                .map(layer ->
                        TestBase.add(files, MediaTypes.DOCKER_LAYER_GZIP, layer).toJson())
                .toList();
        Json manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.DOCKER_MANIFEST))
                .with(
                        "config",
                        TestBase.add(
                                        files,
                                        MediaTypes.DOCKER_CONFIG,
                                        rich.config().bytes())
                                .toJson())
                .with("layers", Json.array(layers));
        Descriptor image = TestBase.add(files, MediaTypes.DOCKER_MANIFEST, manifest.bytes());
        files.put("index.json", TestBase.index(List.of(image.toJson())));

        try (ImageSet set = take(write(files))) {
            assertThat(set.root().descriptor()).isEqualTo(image);
        }
    }

    @Test
    void compressesADockerArchiveToTheSameBytesEachTime() throws Exception {
        Path archive = rich.dockerArchive(rich.tars()).write(directory.resolve("docker.tar"));

        try (ImageSet one = take(archive);
                ImageSet other = take(archive)) {
            assertThat(one.root()).isEqualTo(other.root());
            assertThat(one.root().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
            for (int i = 0; i < 3; i++) {
                Blob layer = one.first().layers().get(i).blob();
                assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
                assertThat(TestImages.plainTar(layer)).isEqualTo(rich.tars().get(i));
                assertThat(one.root().layers().get(i)).isEqualTo(layer.descriptor());
            }
        }
    }

    @Test
    void keepsTheIdOfAnImageInADockerArchive() throws Exception {
        try (ImageSet set = take(rich.dockerArchive(rich.tars()).write(directory.resolve("docker.tar")))) {
            assertThat(set.first().config().descriptor())
                    .isEqualTo(
                            Descriptor.of(MediaTypes.OCI_CONFIG, rich.config().bytes()));
        }
    }

    @Test
    void keepsLayersThatAreCompressedInADockerArchive() throws Exception {
        try (ImageSet set = take(rich.dockerArchive(rich.gzipped()).write(directory.resolve("docker.tar")))) {
            assertThat(set.root().layers())
                    .extracting(Descriptor::digest)
                    .containsExactlyElementsOf(
                            rich.gzipped().stream().map(Digest::of).toList());
        }
    }

    @Test
    void freesWhatItHasCompressed() throws Exception {
        ImageSet set = take(rich.dockerArchive(rich.tars()).write(directory.resolve("docker.tar")));
        set.close();

        assertThatThrownBy(() -> TestImages.bytes(set.first().layers().get(0).blob()))
                .hasMessageContaining("the image is closed");
    }

    @Test
    void refusesToGuessAmongSeveralImages() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> take(write(two())))
                .withMessage("it holds 2 images: 1.4.0, 1.5.0")
                .matches(e -> e.problem()
                        .equals("Cannot push the image " + directory.resolve("image.tar") + "; nothing was sent"))
                .matches(e -> e.remedy().endsWith("where it holds several images, name one with ecr.imageEntry"));
    }

    private Map<String, byte[]> two() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TestBase other = TestBase.of(AMD64);
        files.put(
                "index.json",
                TestBase.index(List.of(
                        named(rich.addImage(files, MediaTypes.OCI_LAYER, rich.tars()), "1.4.0"),
                        named(other.addImage(files, MediaTypes.OCI_LAYER, other.tars()), "1.5.0"))));
        return files;
    }

    @Test
    void takesTheImageThatIsNamed() throws Exception {
        Path path = write(two());

        try (ImageSet named = take(path, Optional.of("1.5.0"));
                ImageSet byDigest = take(path, Optional.of(named.root().digest().toString()))) {
            assertThat(named.platforms()).containsExactly(Platform.LINUX_AMD64);
            assertThat(byDigest.root()).isEqualTo(named.root());
        }
        assertThatThrownBy(() -> take(path, Optional.of("1.6.0")))
                .hasMessage("it has no image \"1.6.0\", but 1.4.0, 1.5.0");
    }

    @Test
    void takesTheNamedImageOfADockerArchive() throws Exception {
        List<Json> images = new ArrayList<>();
        TestTar tar = new TestTar();
        for (String tag : List.of("shop:1", "shop:2")) {
            tar.file(tag + ".json", "{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + tag + "\"}");
            images.add(Json.object()
                    .with("Config", Json.of(tag + ".json"))
                    .with("RepoTags", Json.texts(List.of(tag)))
                    .with("Layers", Json.array(List.of())));
        }
        Path path = tar.file("manifest.json", Json.array(images).bytes()).write(directory.resolve("docker.tar"));

        try (ImageSet set = take(path, Optional.of("shop:2"));
                ImageSet byId = take(
                        path,
                        Optional.of(set.first().config().descriptor().digest().toString()))) {
            assertThat(TestImages.config(set.first()).get("author").text()).contains("shop:2");
            assertThat(byId.root()).isEqualTo(set.root());
        }
        assertThatThrownBy(() -> take(path)).hasMessage("it holds 2 images: shop:1, shop:2");
    }

    @Test
    void findsSecretsAmongTheArgumentsOfADockerBuild() throws Exception {
        TestBase leaky = TestBase.of("""
                {"architecture":"amd64","os":"linux",
                 "history":[{"created_by":"RUN |2 VERSION=1.4 NPM_TOKEN=hunter22 /bin/sh -c npm ci # buildkit"},
                   {"created_by":"RUN |1 DB_PASSWORD= /bin/sh -c export API_KEY=\\"$(cat /run/secrets/key)\\""},
                   {"created_by":"CMD [\\"--password=/run/secrets/password\\"]"}]}
                """);
        PrebuiltImage image =
                PrebuiltImage.read(write(leaky.layout(MediaTypes.OCI_LAYER, leaky.tars())), Optional.empty());

        assertThat(SecretFinding.in(image)).hasToString("[the history's NPM_TOKEN (a value of that name is a secret)]");
    }

    @Test
    void findsSecretsInSettingsLabelsAndTheHistory() throws Exception {
        TestBase leaky = TestBase.of("""
                {"architecture":"amd64","os":"linux",
                 "config":{"Env":["PATH=/bin","DB_PASSWORD=hunter22"],"Labels":{"api.token":"abcdefgh"},
                   "Cmd":["--password=hunter22"]},
                 "history":[{"created_by":"RUN curl https://bob:hunter22@example.com/"}]}
                """);
        PrebuiltImage image =
                PrebuiltImage.read(write(leaky.layout(MediaTypes.OCI_LAYER, leaky.tars())), Optional.empty());

        assertThat(SecretFinding.in(image))
                .extracting(SecretFinding::name)
                .containsExactlyInAnyOrder("DB_PASSWORD", "api.token", "password", "step");
        assertThat(SecretFinding.in(image).toString()).doesNotContain("hunter22", "abcdefgh");
    }
}
