package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we compose has the config of what Jib builds by itself, with the base's layers at hand, but for the order of variables
 * and labels, which in Jib's is the JVM's; and its manifest, but for how the layers are compressed.
 */
class JibParityTest {
    private static final ContainerSettings SETTINGS = new ContainerSettings(
            Optional.empty(),
            List.of("-Xshare:auto", "-Dx=\"quoted\" \u00fc\t"),
            List.of("--port", "1"),
            Map.of("LANG", "tr", "NEW", "\\ \u00e9 \ud83d\ude00", "A", ""),
            List.of("8080", "53/udp", "9000-9001"),
            Optional.of("1000:1000"),
            Optional.of("/srv"),
            List.of("/var/log", "/data"));

    /** Nothing is wanted that the base does not say. */
    private static final ContainerSettings INHERITING = new ContainerSettings(
            Optional.of(ContainerSettings.INHERIT),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path directory;

    private TestApplication application;

    @BeforeEach
    void writeApplication() {
        application = TestApplication.in(directory.resolve("app"));
    }

    @Test
    void hasTheImageIdOfJibOnScratch() throws Exception {
        JibContainer expected = buildByJib(Jib.fromScratch(), application.plan(SETTINGS));

        try (BuiltImage ours = build(SETTINGS, BaseImage.scratch(Platform.LINUX_AMD64))) {
            assertParity(ours, expected);
        }
    }

    @Test
    void hasTheImageIdOfJibOnABaseWithLayers() throws Exception {
        // Jib refuses StartInterval in a health check; ours reads it (see JibImageBuilderTest).
        TestBase base = TestBase.of(TestBase.CONFIG.replace(",\"StartInterval\":5000000000", ""));
        Path archive = base.dockerArchive(base.gzipped()).write(directory.resolve("base.tar"));
        JibContainer expected = buildByJib(Jib.from(TarImage.at(archive)), application.plan(SETTINGS));

        try (BuiltImage ours = build(SETTINGS, BaseImage.onDisk(archive, arm64()))) {
            assertParity(ours, expected);
        }
    }

    @Test
    void hasTheImageIdOfJibWhenTheBaseSaysLittle() throws Exception {
        TestBase base = TestBase.of("{\"architecture\":\"arm64\",\"os\":\"linux\",\"config\":{}}");
        Path archive = base.dockerArchive(base.gzipped()).write(directory.resolve("base.tar"));
        JibContainer expected = buildByJib(Jib.from(TarImage.at(archive)), application.plan(SETTINGS));

        try (BuiltImage ours = build(SETTINGS, BaseImage.onDisk(archive, arm64()))) {
            assertParity(ours, expected);
        }
    }

    @Test
    void hasTheConfigOfJibWhereTheBaseSaysItAll() throws Exception {
        // A layer of the base without its history, ports without a protocol, a variable with two equals signs.
        TestBase base = TestBase.of(TestBase.CONFIG
                .replace(",\"StartInterval\":5000000000", "")
                .replace("\"9090/tcp\":{}", "\"9090\":{}")
                .replace("LANG=C.UTF-8", "LANG=C.UTF-8\",\"FLAGS=-Da=b"));
        Path archive = base.dockerArchive(base.gzipped()).write(directory.resolve("base.tar"));
        ImagePlan plan = application.plan(INHERITING);
        JibContainer expected = write(described(Jib.from(TarImage.at(archive)), plan));

        try (BuiltImage ours = build(INHERITING, BaseImage.onDisk(archive, arm64()))) {
            assertParity(ours, expected);
        }
    }

    private BuiltImage build(ContainerSettings settings, BaseImage base) throws ImageException {
        return new JibImageBuilder(
                        directory.resolve("our-cache"), "1", new HeapBudget(Long.MAX_VALUE), Inheritance.AS_JIB)
                .build(application.plan(settings), base);
    }

    private JibContainerBuilder described(JibContainerBuilder jib, ImagePlan plan) throws Exception {
        Path generated = Files.createDirectories(directory.resolve("generated"));
        List<FileEntriesLayer> layers = new JibLayers(new GeneratedFiles(generated))
                .of(plan.application().contents().layers()).stream()
                        .map(LayerTar::files)
                        .toList();
        return jib.setFormat(ImageFormat.OCI)
                .setCreationTime(plan.created())
                .setFileEntriesLayers(layers)
                .setLabels(plan.labels());
    }

    private JibContainer buildByJib(JibContainerBuilder jib, ImagePlan plan) throws Exception {
        described(jib, plan)
                .setEntrypoint(
                        "java", "-Xshare:auto", "-Dx=\"quoted\" \u00fc\t", "-cp", "@/app/class-path", "demo.Main")
                .setProgramArguments("--port", "1")
                .setEnvironment(plan.container().environment())
                .setExposedPorts(Port.tcp(8080), Port.udp(53), Port.tcp(9000), Port.tcp(9001))
                .setVolumes(AbsoluteUnixPath.get("/var/log"), AbsoluteUnixPath.get("/data"))
                .setUser("1000:1000")
                .setWorkingDirectory(AbsoluteUnixPath.get("/srv"));
        return write(jib);
    }

    private JibContainer write(JibContainerBuilder jib) throws Exception {
        return jib.containerize(
                Containerizer.to(TarImage.at(directory.resolve("jib.tar")).named("image"))
                        .setOfflineMode(true)
                        .setToolName(ConfigWriter.TOOL_NAME)
                        .setToolVersion("1")
                        .setBaseImageLayersCache(directory.resolve("jib-base"))
                        .setApplicationLayersCache(directory.resolve("jib-application")));
    }

    private void assertParity(BuiltImage ours, JibContainer jib) throws Exception {
        assertThat(sorted(new String(ours.config().open().readAllBytes(), StandardCharsets.UTF_8)))
                .isEqualTo(sorted(blobInTar(jib.getImageId().getHash())));
        Json expected = Json.parse(blobInTar(jib.getDigest().getHash()).getBytes(StandardCharsets.UTF_8));
        assertThat(withoutBlobs(ours.manifest().json())).isEqualTo(withoutBlobs(expected));
        List<Json> tars = TestImages.config(ours).get("rootfs").get("diff_ids").items();
        assertThat(ours.layers()).hasSameSizeAs(tars);
        for (int i = 0; i < tars.size(); i++) {
            byte[] tar = TestImages.plainTar(ours.layers().get(i).blob());
            assertThat(tars.get(i)).isEqualTo(Json.of(Digest.of(tar).toString()));
        }
    }

    /** Sorts variables and labels; all else stays where it is. */
    private static String sorted(String text) throws FormatException {
        Json config = Json.parse(text);
        Json container = config.get("config");
        List<Json> variables = container.get("Env").items().stream()
                .sorted(Comparator.comparing(Json::toString))
                .toList();
        Json labels = Json.object();
        for (Map.Entry<String, Json> label :
                new TreeMap<>(container.get("Labels").members()).entrySet()) {
            labels = labels.with(label.getKey(), label.getValue());
        }
        Json changed = container.with("Env", Json.array(variables)).with("Labels", labels);
        return config.with("config", changed).toString();
    }

    /** The descriptors of the layers, and the config's digest, are not those of Jib. */
    private static Json withoutBlobs(Json manifest) {
        Json config = manifest.get("config");
        return manifest.without("layers").with("config", config.without("digest"));
    }

    private String blobInTar(String hash) throws Exception {
        TarFiles tar = TarFiles.in(FileContent.of(directory.resolve("jib.tar")));
        return new String(tar.document("blobs/sha256/" + hash, 1 << 20), StandardCharsets.UTF_8);
    }

    private static Platform arm64() throws FormatException {
        return Platform.parse("linux/arm64");
    }
}
