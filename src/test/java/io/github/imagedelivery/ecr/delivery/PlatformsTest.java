package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.it.Golden;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image for several platforms: an index that both tags point at, and images that nothing but it names. */
class PlatformsTest {
    private static final Platform AMD64 = Platform.LINUX_AMD64;
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private static final String REPOSITORY = "strict";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private TestModule module;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        module =
                fixture.module("orders").repository(REPOSITORY).base(seedBase()).platforms(AMD64, ARM64);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    /** Puts an index over a base for amd64 and one for arm64, whose variant the index alone names. */
    private String seedBase() throws Exception {
        Manifest amd64 = fixture.ecr.manifest("base/jre", fixture.base).orElseThrow();
        Descriptor config = amd64.config().orElseThrow();
        Json other = Json.parse(fixture.ecr.blob("base/jre", config.digest())).with("architecture", Json.of("arm64"));
        Blob blob = Blob.of(config.mediaType(), other.bytes());
        Manifest arm64 = Manifest.parse(
                amd64.json().with("config", blob.descriptor().toJson()).bytes(), "");
        fixture.ecr.seed("base/jre", "arm64", arm64, List.of(blob));
        Json index = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_INDEX))
                .with(
                        "manifests",
                        Json.array(List.of(
                                entry(arm64, "linux", "arm64").with("platform", armPlatform()),
                                entry(amd64, "linux", "amd64"))));
        fixture.ecr.seed("base/jre", "both", Manifest.parse(index.bytes(), ""), List.of());
        return fixture.ecr.registryHost() + "/base/jre:both";
    }

    private static Json armPlatform() {
        return Json.object()
                .with("architecture", Json.of("arm64"))
                .with("os", Json.of("linux"))
                .with("variant", Json.of("v8"));
    }

    private static Json entry(Manifest manifest, String os, String architecture) {
        return manifest.descriptor()
                .toJson()
                .with(
                        "platform",
                        Json.object()
                                .with("architecture", Json.of(architecture))
                                .with("os", Json.of(os)));
    }

    private Manifest stored(Digest digest) {
        return fixture.ecr.manifest(REPOSITORY, digest).orElseThrow();
    }

    @Test
    void pointsBothTagsAtAnIndexWhoseImagesHaveNone() throws Exception {
        Publication published = fixture.deliver(module);

        Digest digest = published.image().digest();
        assertThat(fixture.ecr.tags(REPOSITORY))
                .containsOnlyKeys(TestModule.SHA, "1.4.0")
                .containsValue(digest);
        assertThat(fixture.ecr.tags(REPOSITORY).values()).containsOnly(digest);
        Manifest index = stored(digest);
        assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.entries())
                .extracting(entry -> entry.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64/v8");
        assertThat(index.entries())
                .allSatisfy(
                        entry -> assertThat(stored(entry.manifest().digest()).descriptor())
                                .isEqualTo(entry.manifest()));
    }

    @Test
    void asksForTwoPlatformsTogether() throws Exception {
        fixture.ecr.clearRequests();

        fixture.deliver(module);

        Golden.assertThatLines(fixture.requests()).match("first-push-two-platforms");
    }

    @Test
    void saysOfTheIndexWhatHoldsForAllOfItsImages() throws Exception {
        Manifest index = stored(fixture.deliver(module).image().digest());

        Json annotations = index.json().get("annotations");
        assertThat(annotations.get("org.opencontainers.image.revision").text()).contains(TestModule.SHA);
        assertThat(annotations.get("org.opencontainers.image.base.name").isMissing())
                .as("a name of this machine")
                .isTrue();
        assertThat(annotations.get("org.opencontainers.image.base.digest").text())
                .contains(String.valueOf(fixture.ecr.tags("base/jre").get("both")));
        assertThat(index.entries())
                .allSatisfy(entry -> assertThat(
                                stored(entry.manifest().digest()).json().get("annotations"))
                        .isEqualTo(annotations));
    }

    @Test
    void sharesTheLayersOfTheApplication() throws Exception {
        Manifest index = stored(fixture.deliver(module).image().digest());

        List<Manifest> images = index.entries().stream()
                .map(entry -> stored(entry.manifest().digest()))
                .toList();
        assertThat(images.get(0).layers()).isEqualTo(images.get(1).layers()).hasSizeGreaterThan(2);
        assertThat(images.get(0).config()).isNotEqualTo(images.get(1).config());
        // The base's two layers are mounted; the configs are two.
        assertThat(fixture.ecr.requests().stream()
                        .filter(request -> request.kind().startsWith("PUT /v2/")))
                .hasSize(images.get(0).layers().size() - 2 + 2);
    }

    @Test
    void changesNothingWhenItIsDeliveredAgainInAnotherOrder() throws Exception {
        Digest first = fixture.deliver(module).image().digest();
        fixture.newSession();
        fixture.ecr.clearRequests();

        Publication again = fixture.deliver(module.platforms(ARM64, AMD64));

        assertThat(again.result()).isEqualTo(Result.ALREADY_PUBLISHED);
        assertThat(again.image().digest()).isEqualTo(first);
        assertThat(fixture.requests()).noneMatch(request -> request.contains("PutImage"));
    }

    @Test
    void isAPlainImageForOnePlatform() throws Exception {
        Manifest image = stored(fixture.deliver(module.platforms(ARM64)).image().digest());

        assertThat(image.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(Files.readString(module.report("push.json"), UTF_8)).doesNotContain("\"platforms\"");
    }

    @Test
    void reportsTheDigestOfEachPlatform() throws Exception {
        Manifest index = stored(fixture.deliver(module).image().digest());

        Json report = Json.parse(Files.readAllBytes(module.report("push.json")));
        assertThat(report.get("digest").text()).hasValue(index.digest().toString());
        assertThat(report.get("platform").text()).hasValue("linux/amd64");
        assertThat(report.get("platforms").items())
                .extracting(entry -> entry.get("platform").text().orElse("") + " "
                        + entry.get("digest").text().orElse(""))
                .containsExactly(
                        "linux/amd64 " + index.entries().get(0).manifest().digest(),
                        "linux/arm64/v8 " + index.entries().get(1).manifest().digest());
    }

    @Test
    void reportsTheBaseByTheDigestThatHoldsForAllPlatforms() throws Exception {
        Digest index = fixture.ecr.tags("base/jre").get("both");

        fixture.deliver(module);

        assertThat(reportedBase()).isEqualTo(fixture.ecr.registryHost() + "/base/jre:both@" + index);
    }

    /** Each platform has an image of its own, and there is no digest of both. */
    @Test
    void reportsABaseOnDiskWithoutTheDigestOfOneOfItsPlatforms() throws Exception {
        Path layout = layout();

        fixture.deliver(module.base(layout.toString()));

        assertThat(reportedBase()).isEqualTo(layout.toString());
    }

    @Test
    void reportsTheDigestOfABaseOnDiskForOnePlatform() throws Exception {
        Path layout = layout();

        fixture.deliver(module.base(layout.toString()).platforms(AMD64));

        assertThat(reportedBase()).isEqualTo(layout + "@" + fixture.base);
    }

    private String reportedBase() throws Exception {
        return Json.parse(Files.readAllBytes(module.report("push.json")))
                .get("base")
                .text()
                .orElseThrow();
    }

    /** Writes both bases to disk, in one image layout. */
    private Path layout() throws Exception {
        Path layout = directory.resolve("layout");
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        Digest both = Objects.requireNonNull(fixture.ecr.tags("base/jre").get("both"));
        Manifest index = fixture.ecr.manifest("base/jre", both).orElseThrow();
        for (Manifest.IndexEntry entry : index.entries()) {
            Manifest image =
                    fixture.ecr.manifest("base/jre", entry.manifest().digest()).orElseThrow();
            Files.write(blobs.resolve(image.digest().encoded()), image.bytes());
            Stream<Descriptor> content = Stream.concat(image.config().stream(), image.layers().stream());
            for (Digest digest : content.map(Descriptor::digest).toList()) {
                Files.write(blobs.resolve(digest.encoded()), fixture.ecr.blob("base/jre", digest));
            }
        }
        Files.write(layout.resolve("index.json"), index.bytes());
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return layout;
    }

    @Test
    void takesBackTheFirstTagWhereTheSecondIsRefused() throws Exception {
        fixture.ecr
                .faults()
                .inject(Occasion.of("ecr:PutImage").nth(5), Behaviour.answer(400, "LimitExceededException", "no"));

        Publication refused = fixture.deliver(module.repository("orders"));

        assertThat(refused.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(fixture.ecr.tags("orders")).isEmpty();
    }

    @Test
    void saysInWhatTwoIndexesDiffer() throws Exception {
        fixture.deliver(module);
        fixture.newSession();

        assertThatThrownBy(() -> fixture.stage(module.code("changed").version("1.5.0")))
                .hasMessageContaining("linux/amd64 differs:; linux/arm64/v8 differs as well; classes: ")
                .hasMessageContaining("app/classes/demo/Main.class");
    }

    @Test
    void refusesAPlatformThatTheBaseLacks() {
        assertThatThrownBy(() -> fixture.stage(module.platforms(AMD64, new Platform("linux", "s390x", ""))))
                .hasMessageContaining("is not there for linux/s390x")
                .hasMessageContaining("cause: its index names linux/arm64/v8, linux/amd64")
                .hasMessageContaining("to fix: set ecr.platform, or ecr.platforms for several, to what is there");
    }

    @Test
    void refusesTwoNamesOfOnePlatform() {
        assertThatThrownBy(() -> fixture.stage(module.platforms(ARM64, new Platform("linux", "arm64", "v8"))))
                .hasMessageContaining("ecr.platforms names a platform twice")
                .hasMessageContaining("are both linux/arm64/v8");
    }

    @Test
    void checksThatTheBaseHasEveryPlatform() {
        assertThat(fixture.inspection(fixture.source())
                        .inspect(List.of(module.candidate()), false, Exchange.Listener.NONE)
                        .findings())
                .anySatisfy(finding -> assertThat(finding.text()).contains("for linux/amd64, linux/arm64"));
    }

    @Test
    void takesALargeLayerFromTheImageOfAnEarlierCommit() throws Exception {
        byte[] library = new byte[2_000_000];
        new Random(3).nextBytes(library);
        fixture.deliver(module.file("lib/web-1.0.jar", library).version("2-SNAPSHOT"));
        fixture.checkOutAnew(TestModule.OTHER_SHA, TestModule.SHA);

        Publication next = fixture.deliver(
                module.sha(TestModule.OTHER_SHA).version("3-SNAPSHOT").code("changed"));

        assertThat(next.result()).isEqualTo(Result.PUBLISHED);
        try (Stream<Path> written = Files.list(fixture.layerCache().resolve("notes"))) {
            assertThat(written).hasSize(3);
        }
    }
}
