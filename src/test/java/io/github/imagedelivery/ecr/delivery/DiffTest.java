package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.Diff.Pair;
import io.github.imagedelivery.ecr.image.TestJar;
import io.github.imagedelivery.ecr.image.TestTar;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In what two images are said to differ, and what it costs to find out. */
class DiffTest {
    private static final String VERSION = "1.4.0";
    private static final String MAIN = "app/classes/demo/Main.class";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private TestModule module;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        module = fixture.orders();
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private Manifest published() throws Exception {
        return fixture.published(module);
    }

    /** Compares the build with what a tag or digest names, and holds that ECR was only read. */
    private DiffReport ofBuild(String... from) throws Exception {
        Optional<ImageName> named = from.length == 0 ? Optional.empty() : Optional.of(ImageName.parse(from[0]));
        fixture.ecr.clearRequests();
        return read(fixture.diff().ofBuild(module.module(), named, Exchange.Listener.NONE));
    }

    private DiffReport ofStored(String from, String to) throws Exception {
        Pair pair = new Pair(Optional.of(ImageName.parse(from)), ImageName.parse(to));
        fixture.ecr.clearRequests();
        return read(fixture.diff().ofStored("orders", module.module().coordinates(), pair, Exchange.Listener.NONE));
    }

    private DiffReport read(DiffReport report) {
        assertThat(fixture.requests())
                .isNotEmpty()
                .allMatch(request -> request.matches("ecr:(?:BatchGetImage|GetAuthorizationToken)|GET .*|store:.*"));
        return report;
    }

    private static Json written(DiffReport report, Path directory) throws Exception {
        report.write(directory);
        return Json.parse(Files.readAllBytes(directory.resolve("diff.json")));
    }

    @Test
    void saysThatABuildOfTheSameCommitIsTheSameImage() throws Exception {
        Digest digest = published().digest();

        DiffReport report = ofBuild();

        assertThat(report.isSame()).isTrue();
        assertThat(report.lines()).containsExactly(TestModule.SHA + " and this build are the same image, " + digest);
        assertThat(fixture.requests()).containsExactly("ecr:GetAuthorizationToken", "ecr:BatchGetImage");
        assertThat(written(report, directory).get("same").isTrue()).isTrue();
    }

    @Test
    void namesAFileOfABuildThatChangedAndReadsItsLayerAlone() throws Exception {
        Manifest before = published();
        module.code("built differently");

        DiffReport report = ofBuild(VERSION);

        assertThat(report.isSame()).isFalse();
        List<String> lines = report.lines();
        assertThat(lines.get(0)).isEqualTo("1.4.0 and this build differ");
        assertThat(lines.get(1)).isEqualTo("  from " + before.digest());
        assertThat(lines.get(2)).matches("  to   sha256:[0-9a-f]{64}");
        assertThat(lines.subList(3, 5)).containsExactly("image", "  layers");
        assertThat(lines.get(5)).matches("    base: the same, .* in 2 layers");
        assertThat(lines.get(6)).matches("    dependencies: the same, [0-9]+ bytes");
        assertThat(lines.get(8)).matches("    classes: changed, [0-9]+ bytes -> [0-9]+ bytes");
        assertThat(lines.get(9)).isEqualTo("      " + MAIN + " (content, size 15 -> 17)");
        assertThat(fixture.blobsRead())
                .containsExactlyInAnyOrder(
                        before.config().orElseThrow().digest().toString(),
                        before.layers().get(4).digest().toString());
    }

    @Test
    void comparesTwoDigestsWithoutABuildOrACommit() throws Exception {
        Digest before = published().digest();
        module.label("team", "red")
                .variable("MODE", "fast")
                .sha(TestModule.OTHER_SHA)
                .version("1.5.0");
        Digest now = published().digest();
        TestModule noCommit = module;
        Path classes = directory.resolve("orders/target/classes/demo/Main.class");
        Files.delete(classes);
        noCommit.sha("").version("");

        List<String> lines = ofStored(before.toString(), now.toString()).lines();

        assertThat(lines.get(0)).isEqualTo(before + " and " + now + " differ");
        assertThat(lines)
                .contains("    env MODE: none -> ***", "    label team: none -> \"red\"")
                .contains("    label org.opencontainers.image.revision: \"" + TestModule.SHA + "\" -> \""
                        + TestModule.OTHER_SHA + "\"")
                .noneMatch(line -> line.contains("changed"));
        assertThat(fixture.blobsRead()).hasSize(2);
    }

    @Test
    void showsNoSecret() throws Exception {
        module.variable("DB_PASSWORD", "hunter2").label("api-token", "hunter2");
        published();
        module.variable("DB_PASSWORD", "swordfish").label("api-token", "swordfish");

        DiffReport report = ofBuild();

        assertThat(report.lines()).contains("    env DB_PASSWORD: *** -> ***", "    label api-token: *** -> ***");
        assertThat(report.lines() + report.refusal(directory).getMessage() + written(report, directory))
                .doesNotContain("hunter2", "swordfish");
    }

    @Test
    void namesLayersThatOnlyOneOfTwoTagsHas() throws Exception {
        Files.delete(directory.resolve("orders/target/classes/application.properties"));
        published();
        module.file("target/classes/application.properties", "server.port=8080\n")
                .sha(TestModule.OTHER_SHA)
                .version("1.5.0");
        published();

        assertThat(ofStored(VERSION, "1.5.0").lines())
                .anyMatch(line -> line.matches("    resources: only under 1.5.0, [0-9]+ bytes"));
        assertThat(ofStored("1.5.0", VERSION).lines())
                .anyMatch(line -> line.matches("    resources: only under 1.5.0, [0-9]+ bytes"));
    }

    @Test
    void namesWhatDiffersInAJar() throws Exception {
        module.file(
                "lib/web-1.0.jar",
                TestJar.builtOn(1, 1)
                        .file("A.class", "old")
                        .file("B.class", "1")
                        .bytes());
        Manifest before = published();
        module.file(
                "lib/web-1.0.jar",
                TestJar.builtOn(1, 1)
                        .file("A.class", "new")
                        .file("C.class", "1")
                        .bytes());

        DiffReport report = ofBuild(VERSION);

        assertThat(report.lines())
                .contains("      app/libs/web-1.0.jar"
                        + " (in it A.class, B.class only under 1.4.0, C.class only in this build)");
        Json dependencies = layer(written(report, directory), "dependencies");
        assertThat(dependencies.get("from").items())
                .containsExactly(before.layers().get(2).toJson());
        Json jar = dependencies.get("files").items().get(0);
        assertThat(jar.get("inside").items())
                .extracting(file -> file.get("path").text().orElse("") + " "
                        + file.get("state").text().orElse(""))
                .containsExactly("A.class changed", "B.class removed", "C.class added");
        assertThat(jar.get("leftOut").number()).hasValue(0);
    }

    private static Json layer(Json report, String name) {
        return report.get("platforms").items().get(0).get("layers").items().stream()
                .filter(layer -> layer.get("name").text().orElse("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Puts an image of another tool under a tag. */
    private void seed(String tag, Json config, TestTar... tars) throws Exception {
        List<Blob> blobs = new ArrayList<>();
        for (TestTar tar : tars) {
            blobs.add(Blob.of(MediaTypes.OCI_LAYER, tar.bytes()));
        }
        List<Json> layers =
                blobs.stream().map(layer -> layer.descriptor().toJson()).toList();
        Blob configBlob = Blob.of(MediaTypes.OCI_CONFIG, config.bytes());
        blobs.add(configBlob);
        Json manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", configBlob.descriptor().toJson())
                .with("layers", Json.array(layers));
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, tag, Manifest.parse(manifest.bytes(), ""), blobs);
    }

    private static TestTar tar(String file, String content) {
        return new TestTar().file(file, content);
    }

    @Test
    void findsTheLayerOfAnotherToolThatWasPutInBetween() throws Exception {
        seed("old", Json.object(), tar("a", "1"), tar("b", "1"), tar("z", "1"));
        seed("new", Json.object(), tar("a", "1"), tar("b", "2"), tar("c", "1"), tar("z", "1"));

        DiffReport report = ofStored("old", "new");

        assertThat(report.lines().subList(3, report.lines().size()))
                .containsExactly(
                        "image",
                        "  layers",
                        "    layer 1: the same, 2.0 kB",
                        "    layer 2: changed, 2.0 kB -> 2.0 kB",
                        "      b (content)",
                        "    layer 3: only under new, 2.0 kB",
                        "    layer 4: the same, 2.0 kB");
        assertThat(fixture.blobsRead()).hasSize(4);
    }

    @Test
    void saysThatOneOfTwoImagesIsOfAnotherTool() throws Exception {
        published();
        seed("old", Json.object(), tar("a", "1"));

        assertThat(ofBuild("old").lines())
                .contains("  the image under old was built by another tool")
                .anyMatch(line -> line.matches("    layer 1: changed, 2.0 kB -> .*"));
    }

    @Test
    void namesModesOwnersAndTimes() throws Exception {
        seed("old", Json.object(), new TestTar().attributed("app/a.sh", "0000644", "0000000", "00000000001"));
        seed("new", Json.object(), new TestTar().attributed("app/a.sh", "0000755", "0001750", "00000000002"));

        assertThat(ofStored("old", "new").lines())
                .contains("      app/a.sh (mode 0644 -> 0755, owner 0:0 -> 1000:0,"
                        + " time 1970-01-01T00:00:01Z -> 1970-01-01T00:00:02Z)");
    }

    @Test
    void saysThatOnlyTheHistoryDiffers() throws Exception {
        seed("old", history("one"), tar("a", "1"));
        seed("new", history("two"), tar("a", "1"));

        assertThat(ofStored("old", "new").lines())
                .anyMatch(line -> line.matches("    history: .*\"one\".* -> .*\"two\".*"));
    }

    @Test
    void showsNoVariableThatTheHistoryRepeats() throws Exception {
        seed("old", step("hunter1"), tar("a", "1"));
        seed("new", step("hunter2"), tar("a", "1"));

        List<String> lines = ofStored("old", "new").lines();

        assertThat(lines).contains("    history: *** -> ***", "    container_config: *** -> ***");
        assertThat(lines.toString()).doesNotContain("hunter");
    }

    private static Json step(String password) {
        Json entry = Json.object().with("created_by", Json.of("RUN |1 DB_PASSWORD=" + password + " make"));
        Json container = Json.object().with("Env", Json.texts(List.of("DB_PASSWORD=" + password)));
        return Json.object().with("container_config", container).with("history", Json.array(List.of(entry)));
    }

    private static Json history(String comment) {
        Json entry = Json.object().with("comment", Json.of(comment));
        return Json.object().with("history", Json.array(List.of(entry)));
    }

    @Test
    void saysThatNothingDiffersButTheForm() throws Exception {
        Json config = Json.object().with("os", Json.of("linux")).with("architecture", Json.of("amd64"));
        seed("old", config, tar("a", "1"));
        seed("new", config.without("os").with("os", Json.of("linux")), tar("a", "1"));
        Manifest old = manifest("old");
        Json turned = old.json().without("schemaVersion").with("schemaVersion", Json.of(2));
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, "turned", Manifest.parse(turned.bytes(), ""), List.of());

        assertThat(ofStored("old", "turned").lines())
                .contains("  nothing but the form of the config or the manifest, such as the order of members");
    }

    private Manifest manifest(String tag) {
        return fixture.ecr
                .manifest(
                        DeliveryFixture.REPOSITORY,
                        Objects.requireNonNull(fixture.tags().get(tag)))
                .orElseThrow();
    }

    @Test
    void namesAnnotationsOfAManifest() throws Exception {
        Manifest before = published();
        Json annotations = Json.object().with("team", Json.of("red")).with("api-key", Json.of("hunter2"));
        Json annotated = before.json().with("annotations", annotations);
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, "other", Manifest.parse(annotated.bytes(), ""), List.of());

        assertThat(ofStored(VERSION, "other").lines())
                .contains("  manifest", "    annotation api-key: none -> ***", "    annotation team: none -> \"red\"");
    }

    /** Puts an index over images under a tag. */
    private void index(String tag, String annotation, Json... entries) throws Exception {
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(List.of(entries)))
                .with("annotations", Json.object().with("team", Json.of(annotation)));
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, tag, Manifest.parse(index.bytes(), ""), List.of());
    }

    private Json entry(String tag, String architecture) {
        return manifest(tag)
                .descriptor()
                .toJson()
                .with(
                        "platform",
                        Json.object()
                                .with("architecture", Json.of(architecture))
                                .with("os", Json.of("linux")));
    }

    private void seedPlatforms() throws Exception {
        Json arm = Json.object().with("os", Json.of("linux")).with("architecture", Json.of("arm64"));
        Json amd = Json.object().with("os", Json.of("linux")).with("architecture", Json.of("amd64"));
        seed("arm-1", arm, tar("a", "1"));
        seed("arm-2", arm, tar("a", "2"));
        seed("amd-1", amd, tar("a", "1"));
        seed("amd-2", amd, tar("a", "2"));
    }

    @Test
    void looksIntoEveryPlatformAndReadsALayerOfSeveralOnce() throws Exception {
        seedPlatforms();
        index("one", "red", entry("amd-1", "amd64"), entry("arm-1", "arm64"), entry("amd-1", "s390x"));
        index("two", "blue", entry("amd-2", "amd64"), entry("arm-2", "arm64"), entry("amd-1", "riscv64"));

        DiffReport report = ofStored("one", "two");

        List<String> lines = report.lines();
        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "index",
                        "  annotation team: \"red\" -> \"blue\"",
                        "linux/amd64",
                        "  layers",
                        "    layer 1: changed, 2.0 kB -> 2.0 kB",
                        "      a (content)",
                        "linux/arm64",
                        "  layers",
                        "    layer 1: changed, 2.0 kB -> 2.0 kB, as above",
                        "linux/riscv64: only under two",
                        "linux/s390x: only under one");
        // a config of each image, and the two layers that both platforms have
        assertThat(fixture.blobsRead()).hasSize(6);
        assertThat(written(report, directory).get("platforms").items())
                .extracting(platform -> platform.get("platform").text().orElse("") + " "
                        + platform.get("state").text().orElse(""))
                .containsExactly(
                        "linux/amd64 changed", "linux/arm64 changed", "linux/riscv64 added", "linux/s390x removed");
        assertThat(report.refusal(directory).getMessage())
                .contains("; index: annotation team; linux/amd64: layer 1: a (content); ");
    }

    @Test
    void findsAnImageThatStandsAloneInAnIndex() throws Exception {
        seedPlatforms();
        index("both", "red", entry("amd-1", "amd64"), entry("arm-1", "arm64"));

        assertThat(ofStored("both", "arm-1").lines()).endsWith("linux/arm64: the same", "linux/amd64: only under both");
    }

    @Test
    void printsAFewOfManyFilesAndWritesMore() throws Exception {
        published();
        for (int i = 0; i < 1200; i++) {
            module.file("target/classes/demo/New" + i + ".class", "new");
        }

        DiffReport report = ofBuild();

        assertThat(report.lines()).hasSizeLessThan(40).contains("      and 1180 more");
        Json classes = layer(written(report, directory), "classes");
        assertThat(classes.get("files").items()).hasSize(1000);
        assertThat(classes.get("leftOut").number()).hasValue(200);
    }

    @Test
    void printsAFewOfManyLines() throws Exception {
        TestTar[] old = new TestTar[120];
        TestTar[] built = new TestTar[120];
        for (int i = 0; i < 120; i++) {
            old[i] = tar("a" + i, "1");
            built[i] = tar("a" + i, "2");
        }
        seed("old", Json.object(), old);
        seed("new", Json.object(), built);

        assertThat(ofStored("old", "new").lines()).hasSize(201).last().isEqualTo("and 45 more lines");
    }

    @Test
    void saysWhatIsMissingOfBothImages() throws Exception {
        published();
        Digest elsewhere = fixture.base;

        assertThatThrownBy(() -> ofStored("9.9.9", elsewhere.toString()))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("There is no image 9.9.9 to compare with; nothing was built\n"
                        + "  cause: the repository " + fixture.ecr.registryHost() + "/orders has no such tag\n"
                        + "  to fix: name another one with ecr.diff.from or ecr.diff.to"
                        + " (aws ecr list-images --repository-name orders), or its repository with ecr.name\n"
                        + "There is no image " + elsewhere + " to compare with; nothing was built\n"
                        + "  cause: the repository " + fixture.ecr.registryHost() + "/orders has no such digest\n"
                        + "  to fix: name another one with ecr.diff.from or ecr.diff.to"
                        + " (aws ecr list-images --repository-name orders), or its repository with ecr.name");
    }

    @Test
    void buildsNothingWhereTheCommitIsNotPublished() {
        assertThatThrownBy(this::ofBuild)
                .hasMessageStartingWith("There is no image " + TestModule.SHA + " to compare with; nothing was built");
        assertThat(fixture.requests()).containsExactly("ecr:GetAuthorizationToken", "ecr:BatchGetImage");
    }

    @Test
    void namesTheRepositoryThatIsNotThere() {
        module.repository("nowhere");

        assertThatThrownBy(this::ofBuild)
                .hasMessageStartingWith("The repository nowhere does not exist, so there is nothing to compare with\n")
                .hasMessageEndingWith("\n  to fix: name the repository of the images with ecr.name");
    }

    @Test
    void namesTheRightThatIsMissing() throws Exception {
        published();
        fixture.ecr.faults().deny("ecr:BatchGetImage");

        assertThatThrownBy(this::ofBuild)
                .hasMessageContaining("to fix: allow ecr:BatchGetImage on the repository orders");
    }

    @Test
    void saysWhatCannotBeRead() throws Exception {
        published();
        module.code("built differently").label("team", "red");
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind -> kind.startsWith("GET /v2/orders/blobs/"))
                                .from(2),
                        Behaviour.answer(403, "DENIED", "no"));

        assertThat(ofBuild().lines())
                .contains("    label team: none -> \"red\"")
                .anyMatch(line -> line.matches("    classes: its files cannot be compared: .*403.*"));
    }

    @Test
    void refusesWithWhatDiffersAndWhatToDo() throws Exception {
        module.file(
                "lib/web-1.0.jar", TestJar.builtOn(1, 1).file("A.class", "same").bytes());
        Digest before = published().digest();
        module.file(
                "lib/web-1.0.jar", TestJar.builtOn(1, 2).file("A.class", "same").bytes());

        DeliveryException refusal = ofBuild().refusal(directory);

        assertThat(refusal.isUserError()).isTrue();
        assertThat(refusal.getMessage().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("The images of orders differ, and ecr.diff.fail is set;"
                                        + " nothing was sent or tagged"),
                        line -> assertThat(line)
                                .startsWith("  cause: " + TestModule.SHA + " is " + before + ", this build is sha256:")
                                .endsWith("; dependencies: app/libs/web-1.0.jar (the times of its files only);"
                                        + " all of it in " + directory.resolve("diff.json")),
                        line -> assertThat(line)
                                .isEqualTo("  to fix: set project.build.outputTimestamp in the build of web-1.0.jar,"
                                        + " build as before"));
    }

    @Test
    void looksIntoNoBombAndSaysSo() throws Exception {
        seed("old", Json.object(), tar("a", "1"));
        Manifest old = manifest("old");
        ByteArrayOutputStream zeros = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zeros)) {
            gzip.write(new byte[16 * 1024 * 1024]);
        }
        Blob bomb = Blob.of(MediaTypes.OCI_LAYER_GZIP, zeros.toByteArray());
        Descriptor layer = bomb.descriptor();
        Json manifest = old.json().with("layers", Json.array(List.of(layer.toJson())));
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, "new", Manifest.parse(manifest.bytes(), ""), List.of(bomb));

        assertThat(ofStored("old", "new").lines())
                .anyMatch(line -> line.matches(
                        "    layer 1: its files cannot be compared: it unpacks to more than [0-9]{7} bytes, .*"));
    }

    @Test
    void takesNoNameOfARepositoryForAnImage() {
        for (String text : List.of("orders:1.4.0", "host/orders", "orders@sha256:1", "sha512:00")) {
            assertThatThrownBy(() -> ImageName.parse(text)).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> ImageName.parse("sha256:12"))
                .hasMessage("\"sha256:12\" is not a digest: sha256:<64 hex digits> expected");
    }
}
