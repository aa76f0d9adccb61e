package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.OciSchemas;
import io.github.imagedelivery.ecr.delivery.WrittenImage.Destination;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.OutputFormat;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An image that is written to disk instead of being pushed, and what other programs say of it. */
class WrittenImageTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private Tools tools;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
        tools = new Tools(Files.createDirectories(directory.resolve("tools")));
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private WrittenImage write(OutputFormat format, String name) throws Exception {
        return write(fixture.orders(), format, name);
    }

    private WrittenImage write(TestModule orders, OutputFormat format, String name) throws Exception {
        return fixture.delivery.write(
                orders.module(),
                new Destination(format, directory.resolve("out").resolve(name)),
                Exchange.Listener.NONE);
    }

    @Test
    void hasTheDigestThatAPushPublishes() throws Exception {
        WrittenImage image = write(OutputFormat.LAYOUT, "image");

        StagedImage pushed = fixture.deliver(fixture.orders()).image();

        assertThat(image.digest()).isEqualTo(pushed.digest());
        assertThat(image.imageId()).hasToString(pushed.imageId());
    }

    @Test
    void asksTheControlPlaneForNothing() throws Exception {
        write(OutputFormat.LAYOUT, "image");

        assertThat(fixture.requests())
                .isNotEmpty()
                .allMatch(request -> request.equals("ecr:GetAuthorizationToken")
                        || request.matches("(?:GET /v2/base/jre/|store:).*"));
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void givesTheSameBytesTwice(OutputFormat format) throws Exception {
        write(format, "first");
        write(format, "second");

        assertThat(bytes("first")).isNotEmpty().isEqualTo(bytes("second"));
    }

    private List<String> bytes(String name) throws Exception {
        Path root = directory.resolve("out").resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            List<String> bytes = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                bytes.add(root.relativize(file) + " " + Digest.of(Files.readAllBytes(file)));
            }
            return bytes;
        }
    }

    @Test
    void readsTheLayersOfItsBaseFromDiskTheSecondTime() throws Exception {
        write(OutputFormat.LAYOUT, "image");
        fixture.newSession();
        fixture.ecr.clearRequests();

        write(OutputFormat.LAYOUT, "image");

        assertThat(fixture.requests()).noneMatch(request -> request.contains("/blobs/"));
    }

    @Test
    void fetchesALayerAgainThatIsDamagedOnDisk() throws Exception {
        write(OutputFormat.OCI_ARCHIVE, "first");
        Digest layer = fixture.ecr
                .manifest("base/jre", fixture.base)
                .orElseThrow()
                .layers()
                .get(0)
                .digest();
        Path kept = fixture.cache().resolve(layer.encoded());
        byte[] content = Files.readAllBytes(kept);
        content[20] ^= 1;
        Files.write(kept, content);

        write(OutputFormat.OCI_ARCHIVE, "second");

        assertThat(bytes("first")).isEqualTo(bytes("second"));
    }

    @Test
    void replacesWhatWasThereAndLeavesNothingBeside() throws Exception {
        Path image = Files.createDirectories(directory.resolve("out/image/blobs"));
        Files.writeString(image.resolve("stale"), "of an earlier build");

        write(OutputFormat.LAYOUT, "image");

        assertThat(image.resolve("stale")).doesNotExist();
        assertThat(directory.resolve("out")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void putsNoTarInThePlaceOfADirectory() throws Exception {
        Path other = Files.createDirectories(directory.resolve("out/image.tar/src"));

        assertThatThrownBy(() -> write(OutputFormat.OCI_ARCHIVE, "image.tar"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("a directory is not replaced by a file");
        assertThat(other).isDirectory();
        assertThat(directory.resolve("out/image.tar.part")).doesNotExist();
    }

    @Test
    void leavesNothingWhereTheBaseCannotBeRead() throws Exception {
        fixture.deliver(fixture.orders());
        fixture.ecr.faults().deny("ecr:GetAuthorizationToken");
        fixture.newSession();

        assertThatThrownBy(() -> write(OutputFormat.OCI_ARCHIVE, "image.tar"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("  to fix: ");
        assertThat(directory.resolve("out/image.tar")).doesNotExist();
        assertThat(directory.resolve("out/image.tar.part")).doesNotExist();
    }

    @Test
    void isALayoutAsTheSchemasSay() throws Exception {
        OciSchemas schemas = OciSchemas.assumed();
        write(OutputFormat.LAYOUT, "image");

        assertThat(schemas.accept(directory.resolve("out/image"))).containsEntry(OciSchemas.MANIFEST, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"LAYOUT", "OCI_ARCHIVE"})
    void skopeoFindsBothTags(OutputFormat format) throws Exception {
        Tools.assume("skopeo");
        WrittenImage image = write(format, "image");
        String transport = format == OutputFormat.LAYOUT ? "oci:" : "oci-archive:";

        for (String tag : List.of(TestModule.SHA, "1.4.0")) {
            byte[] raw = tools.skopeo(
                    "inspect", "--raw", transport + image.destination().path() + ":" + tag);
            assertThat(Digest.of(raw)).isEqualTo(image.digest());
        }
    }

    @Test
    void podmanLoadsTheDockerArchive() throws Exception {
        Tools.assume("podman");
        WrittenImage image = write(OutputFormat.DOCKER_ARCHIVE, "image.tar");

        tools.podman("load", "--input", image.destination().path().toString());

        Json loaded = tools.podmanImage("orders:1.4.0");
        assertThat(loaded.get("Id").text()).contains(image.imageId().encoded());
        assertThat(loaded.get("RepoTags").items()).hasSize(2);
    }

    @Test
    void skopeoCopiesTheDockerArchive() throws Exception {
        Tools.assume("skopeo");
        WrittenImage image = write(OutputFormat.DOCKER_ARCHIVE, "image.tar");
        Path copy = directory.resolve("copy");

        tools.skopeo("copy", "docker-archive:" + image.destination().path() + ":orders:1.4.0", "dir:" + copy);

        Json manifest = Json.parse(Files.readAllBytes(copy.resolve("manifest.json")));
        assertThat(manifest.get("config").get("digest").text())
                .contains(image.imageId().toString());
    }

    private TestModule zstd() {
        return fixture.orders().compression(Compression.zstd(Compression.DEFAULT));
    }

    @ParameterizedTest
    @EnumSource(
            value = OutputFormat.class,
            names = {"LAYOUT", "OCI_ARCHIVE"})
    void podmanReadsLayersOfZstd(OutputFormat format) throws Exception {
        Tools.assume("podman");
        WrittenImage image = write(zstd(), format, "image");
        String transport = format == OutputFormat.LAYOUT ? "oci:" : "oci-archive:";

        String id = tools.podman("pull", transport + image.destination().path() + ":1.4.0")
                .strip();

        assertThat(id).isEqualTo(image.imageId().encoded());
    }

    @Test
    void hasPlainLayersInADockerArchiveInsteadOfThoseOfZstd() throws Exception {
        WrittenImage zstd = write(zstd(), OutputFormat.DOCKER_ARCHIVE, "image.tar");
        WrittenImage gzip = write(OutputFormat.DOCKER_ARCHIVE, "gzip.tar");

        assertThat(zstd.imageId()).isEqualTo(gzip.imageId());
        BaseImage read = BaseImage.onDisk(zstd.destination().path(), Platform.LINUX_AMD64);
        assertThat(read.layers().stream()
                        .map(layer -> layer.descriptor().mediaType())
                        .distinct())
                .containsExactly(MediaTypes.OCI_LAYER_GZIP, MediaTypes.OCI_LAYER);
    }

    @Test
    void podmanLoadsTheDockerArchiveOfAnImageOfZstd() throws Exception {
        Tools.assume("podman");
        WrittenImage image = write(zstd(), OutputFormat.DOCKER_ARCHIVE, "image.tar");

        tools.podman("load", "--input", image.destination().path().toString());

        assertThat(tools.podmanImage("orders:1.4.0").get("Id").text())
                .contains(image.imageId().encoded());
    }
}
