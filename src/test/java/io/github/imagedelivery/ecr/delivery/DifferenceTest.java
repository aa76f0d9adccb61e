package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.imagedelivery.ecr.image.TestJar;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the refusal of a SHA tag says about the image that has it, and what it costs. */
class DifferenceTest {
    private static final String ADOPT = ", or publish the image that is there with -Decr.onExistingSha=adopt";
    private static final String LIBRARY = "lib/web-1.0.jar";

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

    /** Builds the commit once more, and returns what the refusal says after the digests, and its last line. */
    private List<String> refused() {
        fixture.ecr.clearRequests();
        DeliveryException refusal = catchThrowableOfType(DeliveryException.class, () -> fixture.stage(module));
        assertThat(refusal.isUserError()).isTrue();
        List<String> lines = refusal.getMessage().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo(
                        "The tag " + TestModule.SHA + " points at another image already; nothing was sent or tagged");
        String file = "; all of it in " + module.report("difference.txt");
        assertThat(lines.get(1))
                .matches(
                        "  cause: " + TestModule.SHA + " is sha256:[0-9a-f]{64}, this build is sha256:[0-9a-f]{64}; .*")
                .endsWith(file);
        String what = lines.get(1).replaceFirst(".*, this build is sha256:[0-9a-f]{64}; ", "");
        return List.of(
                what.substring(0, what.length() - file.length()), lines.get(2).replaceFirst("  to fix: ", ""));
    }

    @Test
    void namesTheClassThatChanged() throws Exception {
        Manifest before = published();
        module.code("built differently");

        assertThat(refused())
                .containsExactly(
                        "classes: app/classes/demo/Main.class (content, size 15 -> 17)", "build as before" + ADOPT);
        assertThat(fixture.blobsRead())
                .containsExactlyInAnyOrder(
                        before.config().orElseThrow().digest().toString(),
                        before.layers().get(4).digest().toString());
    }

    @Test
    void namesAResourceThatIsNew() throws Exception {
        published();
        module.file("target/classes/git.properties", "time=now");

        assertThat(refused().get(0)).isEqualTo("resources: app/resources/git.properties (only in this build)");
    }

    @Test
    void namesALayerThatIsNew() throws Exception {
        Files.delete(directory.resolve("orders/target/classes/application.properties"));
        published();
        module.file("target/classes/application.properties", "server.port=8080\n");

        assertThat(refused().get(0)).isEqualTo("resources: only in this build");
    }

    @Test
    void namesALayerThatIsGone() throws Exception {
        published();
        Files.delete(directory.resolve("orders/target/classes/application.properties"));

        assertThat(refused().get(0)).isEqualTo("resources: only in ECR");
    }

    @Test
    void sendsTheReaderToTheTimesOfAJar() throws Exception {
        module.file(LIBRARY, TestJar.builtOn(1, 1).file("A.class", "same").bytes());
        published();
        module.file(LIBRARY, TestJar.builtOn(1, 2).file("A.class", "same").bytes());

        assertThat(refused())
                .containsExactly(
                        "dependencies: app/libs/web-1.0.jar (the times of its files only)",
                        "set project.build.outputTimestamp in the build of web-1.0.jar, build as before" + ADOPT);
    }

    @Test
    void namesTheClassThatChangedInAJar() throws Exception {
        module.file(LIBRARY, TestJar.builtOn(1, 1).file("A.class", "old").bytes());
        published();
        module.file(LIBRARY, TestJar.builtOn(1, 1).file("A.class", "new").bytes());

        assertThat(refused())
                .containsExactly("dependencies: app/libs/web-1.0.jar (in it A.class)", "build as before" + ADOPT);
    }

    @Test
    void saysThatTheBaseIsAnotherOneAndReadsNoneOfIt() throws Exception {
        Manifest before = published();
        module.base("scratch");

        List<String> refusal = refused();

        assertThat(refusal.get(0))
                .startsWith(
                        "base: another base image, 2 layers in ECR and 0 in this build, 0 of them the same; config:");
        assertThat(refusal.get(1)).isEqualTo("pin ecr.from by digest, build as before" + ADOPT);
        assertThat(fixture.blobsRead())
                .containsExactly(before.config().orElseThrow().digest().toString());
    }

    private List<String> file() throws IOException {
        return Files.readAllLines(module.report("difference.txt"));
    }

    @Test
    void namesALabelAndBothOfItsValues() throws Exception {
        module.label("team", "blue");
        published();
        module.label("team", "red");

        assertThat(refused()).containsExactly("config: label team", "build as before" + ADOPT);
        assertThat(file()).contains("  label team: \"blue\" -> \"red\"");
    }

    @Test
    void showsNoValueOfAVariable() throws Exception {
        module.variable("PASSWORD", "hunter2");
        published();
        module.variable("PASSWORD", "swordfish");

        assertThat(refused().get(0)).isEqualTo("config: env PASSWORD");
        assertThat(file()).contains("  env PASSWORD: *** -> ***").noneMatch(line -> line.contains("hunter2"));
        assertThat(Files.readString(module.report("push.json"))).doesNotContain("hunter2", "swordfish");
    }

    @Test
    void writesAllOfItIntoAFile() throws Exception {
        Digest before = published().digest();
        for (int i = 0; i < 5; i++) {
            module.file("target/classes/demo/New" + i + ".class", "new");
        }
        module.label("team", "red");

        assertThat(refused().get(0))
                .isEqualTo("classes: app/classes/demo/New0.class (only in this build),"
                        + " app/classes/demo/New1.class (only in this build),"
                        + " app/classes/demo/New2.class (only in this build), and 2 more; config: label team");
        List<String> lines = file();
        assertThat(lines.get(0)).isEqualTo("The tag " + TestModule.SHA + " points at another image already");
        assertThat(lines.get(1)).isEqualTo("  in ECR:     " + before);
        assertThat(lines.get(2)).matches("  this build: sha256:[0-9a-f]{64}");
        assertThat(lines.subList(3, lines.size())).containsExactly("""
                Layers
                  base: the same
                  dependencies: the same
                  resources: the same
                  classes
                    app/classes/demo/New0.class (only in this build)
                    app/classes/demo/New1.class (only in this build)
                    app/classes/demo/New2.class (only in this build)
                    app/classes/demo/New3.class (only in this build)
                    app/classes/demo/New4.class (only in this build)
                  jvm-argument-files: the same
                Config
                  label team: none -> "red\"""".split("\n"));
    }

    @Test
    void removesTheFileWhenTheModuleIsBuiltAgain() throws Exception {
        published();
        module.code("built differently");
        refused();

        fixture.stage(module.sha(TestModule.OTHER_SHA).version("1.4.1"));

        assertThat(module.report("difference.txt")).doesNotExist();
    }

    @Test
    void removesTheFileWhenTheImageIsPublishedAfterAll() throws Exception {
        StagedImage staged = fixture.stage(module);
        module.file("target/ecr/difference.txt", "of an earlier try");

        fixture.publish(staged);

        assertThat(module.report("difference.txt")).doesNotExist();
    }

    @Test
    void comparesNothingWhereNothingIsRefused() throws Exception {
        published();

        fixture.deliver(module.code("changed").sha(TestModule.OTHER_SHA).version("1.4.1"));

        assertThat(fixture.blobsRead()).isEmpty();
    }

    @Test
    void staysARefusalWhereNothingMayBeRead() throws Exception {
        published();
        module.code("built differently");
        fixture.ecr.faults().deny("ecr:GetDownloadUrlForLayer");
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind -> kind.startsWith("GET /v2/orders/blobs/")),
                        Behaviour.answer(403, "DENIED", "no"));

        assertThat(refused().get(0))
                .startsWith("the image in ECR cannot be read: ")
                .contains("403")
                .endsWith("; classes: another content");
        assertThat(fixture.blobsRead()).hasSize(1);
    }

    @Test
    void asksARegistryThatRefusesOnceAndNotForEachLayer() throws Exception {
        published();
        module.code("built differently").file("target/classes/application.properties", "changed");
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind -> kind.startsWith("GET /v2/orders/blobs/"))
                                .from(2),
                        Behaviour.answer(403, "DENIED", "no"));

        assertThat(refused().get(0))
                .startsWith("resources: its files cannot be compared: ")
                .contains("; classes: its files cannot be compared: ");
        assertThat(fixture.blobsRead()).hasSize(2);
    }

    @Test
    void staysARefusalWhereALayerIsGone() throws Exception {
        Manifest before = published();
        module.code("built differently").file("target/classes/application.properties", "changed");
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind ->
                                kind.endsWith(before.layers().get(4).digest().toString())),
                        Behaviour.answer(404, "BLOB_UNKNOWN", "blob unknown to registry"));

        assertThat(refused().get(0))
                .startsWith("resources: app/resources/application.properties (content, size")
                .contains("; classes: its files cannot be compared: ")
                .contains("BLOB_UNKNOWN");
    }

    /** Puts another image behind the SHA tag: the one that was published, with another layer of classes. */
    private void replaceClasses(Blob layer) throws Exception {
        Manifest before = published();
        List<Json> layers = new ArrayList<>(before.json().get("layers").items());
        layers.set(4, layer.descriptor().toJson());
        seed(Manifest.parse(before.json().with("layers", Json.array(layers)).bytes(), ""), List.of(layer));
    }

    private void seed(Manifest manifest, List<Blob> blobs) throws IOException {
        fixture.ecr.seed(DeliveryFixture.REPOSITORY, TestModule.SHA, manifest, blobs);
        module.version("1.5.0"); // which is free: a version that is yet another image is refused before the build
    }

    @Test
    void staysARefusalWhereALayerIsABomb() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[16 * 1024 * 1024]);
        }
        replaceClasses(Blob.of(MediaTypes.OCI_LAYER_GZIP, bomb.toByteArray()));

        assertThat(refused().get(0))
                .matches("classes: its files cannot be compared: it unpacks to more than [0-9]{7} bytes");
    }

    @Test
    void saysWhatCannotBeLookedInto() throws Exception {
        replaceClasses(Blob.of("application/wasm", new byte[] {1}));

        assertThat(refused().get(0))
                .isEqualTo(
                        "classes: its files cannot be compared: a layer of type \"application/wasm\" cannot be used");
    }

    @Test
    void saysThatTheTagNamesAnIndex() throws Exception {
        Manifest image = published();
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with("manifests", Json.array(List.of(image.descriptor().toJson())));
        seed(Manifest.parse(index.bytes(), ""), List.of());

        assertThat(refused().get(0)).isEqualTo("the tag names an index of 1 manifests, and this build is one image");
    }

    /** Puts another image behind the SHA tag: the one that was published, with other words in its config. */
    private void replaceInConfig(String word, String other) throws Exception {
        Manifest before = published();
        Descriptor config = before.config().orElseThrow();
        String json = new String(fixture.ecr.blob(DeliveryFixture.REPOSITORY, config.digest()), UTF_8);
        assertThat(json).contains(word);
        Blob replaced = Blob.of(config.mediaType(), json.replace(word, other).getBytes(UTF_8));
        seed(
                Manifest.parse(
                        before.json()
                                .with("config", replaced.descriptor().toJson())
                                .bytes(),
                        ""),
                List.of(replaced));
    }

    @Test
    void saysThatAnotherToolBuiltTheImage() throws Exception {
        replaceInConfig("ecr-maven-plugin:", "jib-maven-plugin:");

        assertThat(refused().get(0)).isEqualTo("the image in ECR was built by another tool; config: layers written by");
    }

    @Test
    void saysThatAnotherVersionWroteTheLayers() throws Exception {
        replaceInConfig("ecr-maven-plugin:test", "ecr-maven-plugin:older");

        assertThat(refused().get(0)).isEqualTo("config: layers written by");
        assertThat(file()).contains("  layers written by: ecr-maven-plugin:older -> ecr-maven-plugin:test");
    }

    @Test
    void saysThatOnlyTheHistoryDiffers() throws Exception {
        replaceInConfig("\"author\":\"Jib\"", "\"author\":\"Bij\"");

        assertThat(refused().get(0)).isEqualTo("nothing but the history in the config, or the manifest itself");
    }

    @Test
    void comparesWhatWasStagedEarlierToo() throws Exception {
        fixture.delivery.note(fixture.stage(module));
        TestModule other = new TestModule(directory.resolve("elsewhere"), DeliveryFixture.REPOSITORY);
        fixture.deliver(other.base(fixture.pinnedBase()).code("other").version("1.5.0"));

        DeliveryException refusal = catchThrowableOfType(
                DeliveryException.class,
                () -> fixture.newSession().reconsider(module.report("."), Exchange.Listener.NONE));

        assertThat(refusal).hasMessageContaining("; classes: app/classes/demo/Main.class (content, size 5 -> 15); all");
    }
}
