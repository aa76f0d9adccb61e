package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.Revision;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.fuzz.Guard;
import io.github.imagedelivery.ecr.fuzz.Scratch;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

@Fuzz
class DeliveryFuzzTest {
    private static final Pipeline.Run UNKNOWN = new Pipeline.Run(Optional.empty(), Optional.empty());
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
    private static final Scratch SCRATCH = Scratch.make();
    private static final DeliveryFixture FIXTURE = open();

    private static DeliveryFixture open() {
        try {
            return new DeliveryFixture(SCRATCH.directory());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterContainer
    static void stop() throws IOException {
        FIXTURE.close();
        SCRATCH.close();
    }

    @Provide
    Arbitrary<byte[]> stagedFiles() throws Exception {
        TestModule module = FIXTURE.module("billing").version("2-SNAPSHOT");
        FIXTURE.deliver(module);
        module.code("changed").sha(TestModule.OTHER_SHA);
        FIXTURE.delivery.note(FIXTURE.stage(module));
        byte[] staged = Files.readAllBytes(module.report(StagedFile.NAME));
        return Arbitraries.oneOf(
                Foreign.damaged(staged), Foreign.changed(Json.parse(staged)).map(Json::bytes));
    }

    @Provide
    Arbitrary<String> injections() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "v1 --x",
                        "../",
                        "..%2f..%2f",
                        "1.0\nX-Injected: y",
                        "1.0+build.5",
                        "1.0\r\n::error::x",
                        "orders",
                        "orders/../billing",
                        "orders:1.0@sha256",
                        "1.4.0?x=y#z",
                        "$(id)",
                        "${project.version}"));
    }

    @Property(tries = 600)
    void takesUpWhatWasStagedOrRefusesIt(@ForAll("stagedFiles") byte[] file) throws IOException {
        Path reports = Files.createDirectories(SCRATCH.directory().resolve("reports"));
        Files.write(reports.resolve(StagedFile.NAME), file);

        Guard.read(DeliveryException.class, () -> {
                    StagedImage image = FIXTURE.delivery.resume(reports, Exchange.Listener.NONE);
                    assertThat(image.coordinates().versionTag().value().value()).matches(TAG);
                })
                .ifPresent(DeliveryFuzzTest::isPlain);
    }

    @Property(tries = 3000)
    void resolvesAnyCoordinatesToLegalOnesOrRefusesThem(
            @ForAll("injections") String one, @ForAll("injections") String other) {
        Revision revision = new Revision(
                TestModule.SHA,
                Revision.Cleanliness.CLEAN,
                List.of(),
                Optional.empty(),
                List.of(one),
                Optional.of(one),
                Optional.empty());
        Optional<Pipeline> pipeline = Optional.of(
                new Pipeline("CI", Optional.of(TestModule.SHA), Optional.of(other), Optional.empty(), false, UNKNOWN));
        CoordinateResolver resolver = new CoordinateResolver(() -> Optional.of(revision), pipeline, new RecordingLog());
        for (CoordinateSettings settings : List.of(
                settings(Optional.of(one), Optional.of(other), one),
                settings(Optional.empty(), Optional.empty(), other),
                settings(Optional.empty(), Optional.empty(), "1.0-SNAPSHOT"))) {
            Guard.read(DeliveryException.class, () -> isLegal(resolver.resolve("orders", settings)))
                    .ifPresent(DeliveryFuzzTest::isPlain);
        }
    }

    private static CoordinateSettings settings(Optional<String> name, Optional<String> version, String project) {
        return new CoordinateSettings(
                Optional.empty(),
                Optional.empty(),
                name,
                project,
                Optional.empty(),
                Optional.empty(),
                version,
                List.of("{branch}", "{version}-x", project),
                project,
                CoordinateSettings.SNAPSHOTS,
                Dirty.REFUSE,
                ExistingSha.REFUSE,
                CoordinateSettings.PullRequests.REFUSE);
    }

    private static void isLegal(Coordinates coordinates) {
        assertThat(coordinates.repository().value().value()).matches("[a-z0-9._/-]{2,256}");
        assertThat(coordinates.shaTag().value().value()).isEqualTo(TestModule.SHA);
        assertThat(coordinates.versionTag().value().value()).matches(TAG);
    }

    @Property(tries = 200)
    void sendsNoNameThatItDidNotCheck(@ForAll("injections") String version, @ForAll("injections") String artifact) {
        for (TestModule module : List.of(
                FIXTURE.module("orders").version(version),
                // An artifactId stands in a file, where half of a surrogate pair cannot.
                new TestModule(SCRATCH.directory().resolve("module"), new String(artifact.getBytes(UTF_8), UTF_8)))) {
            FIXTURE.ecr.clearRequests();
            Guard.read(DeliveryException.class, () -> FIXTURE.deliver(module)).ifPresent(DeliveryFuzzTest::isPlain);

            assertThat(FIXTURE.ecr.requests())
                    .extracting(RecordedRequest::about)
                    .allMatch(about -> about.matches("|[a-z0-9._/-]{2,256}(?:[:@][A-Za-z0-9._:-]+)?"));
            assertThat(FIXTURE.ecr.requests())
                    .extracting(RecordedRequest::kind)
                    .allMatch(kind -> kind.matches("(?:[a-z]+:|[A-Z]+ /v2/)[A-Za-z0-9._/:?=&<>-]*"));
        }
        assertThat(FIXTURE.tags().keySet()).allMatch(tag -> tag.matches(TAG));
    }

    private static void isPlain(DeliveryException refusal) {
        assertThat(refusal.getMessage()).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
        assertThat(refusal.getMessage().lines())
                .allMatch(
                        line -> line.startsWith("  cause: ") || line.startsWith("  to fix: ") || !line.startsWith(" "));
        assertThat(refusal.getMessage()
                                .lines()
                                .filter(line -> line.startsWith("  cause: "))
                                .count()
                        * 3)
                .isEqualTo(refusal.getMessage().lines().count());
    }
}
