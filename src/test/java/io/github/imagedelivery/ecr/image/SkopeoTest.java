package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write, skopeo reads; what skopeo writes, we read. */
class SkopeoTest {
    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

    @TempDir
    private Path directory;

    @BeforeEach
    void needSkopeo() {
        assumeTrue(
                Files.isExecutable(SKOPEO) || System.getenv("CI") != null,
                "skopeo is not installed: not checked that it reads our images");
    }

    @Test
    void readsTheConfigOfABuiltImage() throws Exception {
        Path layout = directory.resolve("oci");
        String digest;
        try (BuiltImage image = build()) {
            TestBase.writeDirectory(TestImages.layout(image, "tag"), layout);
            digest = image.manifest().digest().toString();
        }

        Json config = Json.parse(skopeo("inspect", "--config", "oci:" + layout + ":tag"));
        assertThat(config.get("config").get("Entrypoint"))
                .hasToString("[\"java\",\"-cp\",\"@/app/class-path\",\"demo.Main\"]");
        assertThat(config.get("config").get("User").text()).contains("1001:0");
        assertThat(Json.parse(skopeo("inspect", "oci:" + layout + ":tag"))
                        .get("Digest")
                        .text())
                .contains(digest);
    }

    @Test
    void writesArchivesThatAreReadAsBase() throws Exception {
        Path layout = directory.resolve("oci");
        BuiltImage image = build();
        try (image) {
            TestBase.writeDirectory(TestImages.layout(image, "tag"), layout);
        }
        Platform platform = image.platform();
        skopeo("copy", "oci:" + layout + ":tag", "docker-archive:" + directory.resolve("docker.tar") + ":x:y");
        skopeo("copy", "oci:" + layout + ":tag", "oci-archive:" + directory.resolve("oci.tar"));

        BaseImage docker = BaseImage.onDisk(directory.resolve("docker.tar"), platform);
        BaseImage oci = BaseImage.onDisk(directory.resolve("oci.tar"), platform);
        assertThat(docker.layers()).hasSize(9).allSatisfy(layer -> {
            assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_LAYER);
            assertThat(TestImages.bytes(layer)).hasSize((int) layer.descriptor().size());
        });
        assertThat(oci.digest()).contains(image.manifest().digest());
    }

    private BuiltImage build() throws Exception {
        TestBase base = TestBase.rich();
        Path tar = base.dockerArchive(base.gzipped()).write(directory.resolve("base.tar"));
        return TestImages.builder(directory.resolve("cache"))
                .build(
                        TestApplication.in(directory.resolve("app")).plan(),
                        BaseImage.onDisk(tar, Platform.parse("linux/arm64")));
    }

    private byte[] skopeo(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(SKOPEO.toString(), "--insecure-policy", "--override-arch=arm64"));
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("errors");
        Process skopeo =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        byte[] output = skopeo.getInputStream().readAllBytes();
        assertThat(skopeo.waitFor())
                .as(Files.readString(errors, StandardCharsets.UTF_8))
                .isZero();
        return output;
    }
}
