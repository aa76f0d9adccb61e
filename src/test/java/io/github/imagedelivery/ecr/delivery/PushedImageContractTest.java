package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.OciSchemas;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the specification's schemas, skopeo and Podman say of an image that was pushed. */
class PushedImageContractTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Tools tools;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory, LocalEcr.builder().storage(directory.resolve("storage")));
        tools = new Tools(Files.createDirectories(directory.resolve("tools")));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private Digest push(TestModule module) throws Exception {
        return fixture.deliver(module).image().digest();
    }

    @Test
    void itsDocumentsAreWhatTheSchemasSay() throws Exception {
        OciSchemas schemas = OciSchemas.assumed();
        push(fixture.orders().label("team", "shop").variable("ZONE", "a"));
        push(fixture.module("orders").sha(TestModule.OTHER_SHA).version("1.5.0-SNAPSHOT"));

        assertThat(schemas.accept(directory.resolve("storage/orders")))
                .containsEntry(OciSchemas.LAYOUT, 1)
                .containsEntry(OciSchemas.MANIFEST, 4)
                .containsEntry(OciSchemas.CONFIG, 4);
    }

    @Test
    void skopeoReadsTheManifestByteForByte() throws Exception {
        Tools.assume("skopeo");
        Digest digest = push(fixture.orders());

        byte[] raw = tools.skopeo(
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--creds",
                "AWS:" + fixture.ecr.password(),
                Tools.remote(fixture.ecr, "orders:1.4.0"));

        assertThat(Digest.of(raw)).isEqualTo(digest);
    }

    @Test
    void skopeoCopiesItWithoutChangingTheDigest() throws Exception {
        Tools.assume("skopeo");
        Digest digest = push(fixture.orders());
        Path copy = directory.resolve("copy");

        tools.pull(fixture.ecr, "orders:" + TestModule.SHA, "oci:" + copy + ":1");

        Json index = Json.parse(Files.readAllBytes(copy.resolve("index.json")));
        assertThat(index.get("manifests").items().get(0).get("digest").text()).contains(digest.toString());
    }

    @Test
    void podmanPullsIt() throws Exception {
        Tools.assume("podman");
        Digest digest = push(fixture.orders().label("team", "shop"));
        String name = fixture.ecr.registryHost() + "/orders:1.4.0";

        tools.podman("pull", "--tls-verify=false", "--creds", "AWS:" + fixture.ecr.password(), name);

        Json image = tools.podmanImage(name);
        assertThat(image.get("Digest").text()).contains(digest.toString());
        assertThat(image.get("User").text()).contains("65532:65532");
        assertThat(image.get("Config").get("Labels").get("team").text()).contains("shop");
        assertThat(image.get("RootFS").get("Layers").items())
                .hasSameSizeAs(
                        fixture.ecr.manifest("orders", digest).orElseThrow().layers());
    }

    private TestModule zstd() {
        return fixture.orders().compression(Compression.zstd(Compression.DEFAULT));
    }

    private List<String> layerTypes(Digest digest) {
        return fixture.ecr.manifest("orders", digest).orElseThrow().layers().stream()
                .map(Descriptor::mediaType)
                .distinct()
                .toList();
    }

    @Test
    void itsManifestIsWhatTheSchemaSaysWithLayersOfZstd() throws Exception {
        OciSchemas schemas = OciSchemas.assumed();

        Digest digest = push(zstd());

        assertThat(layerTypes(digest)).containsExactly(MediaTypes.OCI_LAYER_GZIP, MediaTypes.OCI_LAYER_ZSTD);
        assertThat(schemas.accept(directory.resolve("storage/orders"))).containsKey(OciSchemas.MANIFEST);
    }

    @Test
    void skopeoCopiesLayersOfZstdAndUnpacksThemToWhatTheConfigNames() throws Exception {
        Tools.assume("skopeo");
        Digest digest = push(zstd());
        Path copy = directory.resolve("copy");
        Path plain = directory.resolve("plain");

        tools.pull(fixture.ecr, "orders:" + TestModule.SHA, "oci:" + copy + ":1");
        tools.skopeo("copy", "--dest-decompress", "oci:" + copy + ":1", "dir:" + plain);

        Json index = Json.parse(Files.readAllBytes(copy.resolve("index.json")));
        assertThat(index.get("manifests").items().get(0).get("digest").text()).contains(digest.toString());
        Manifest manifest = fixture.ecr.manifest("orders", digest).orElseThrow();
        Json config = Json.parse(
                fixture.ecr.blob("orders", manifest.config().orElseThrow().digest()));
        List<Json> unpacked = Json.parse(Files.readAllBytes(plain.resolve("manifest.json")))
                .get("layers")
                .items();
        assertThat(unpacked.stream().map(layer -> layer.get("digest")).toList())
                .isEqualTo(config.get("rootfs").get("diff_ids").items());
    }

    @Test
    void podmanPullsLayersOfZstd() throws Exception {
        Tools.assume("podman");
        Digest digest = push(zstd());
        String name = fixture.ecr.registryHost() + "/orders:1.4.0";

        tools.podman("pull", "--tls-verify=false", "--creds", "AWS:" + fixture.ecr.password(), name);

        Json image = tools.podmanImage(name);
        assertThat(image.get("Digest").text()).contains(digest.toString());
        Path saved = directory.resolve("saved.tar");
        tools.podman("save", "--format", "oci-archive", "--output", saved.toString(), name);
        assertThat(BaseImage.onDisk(saved, Platform.LINUX_AMD64)
                        .config()
                        .get("rootfs")
                        .get("diff_ids"))
                .isEqualTo(image.get("RootFS").get("Layers"));
    }
}
