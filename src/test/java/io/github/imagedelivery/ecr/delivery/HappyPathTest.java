package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.it.Golden;
import io.github.imagedelivery.ecr.it.TinyBase;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes well: how an image arrives under both tags, and how little is asked and sent for it. */
class HappyPathTest {
    @TempDir
    Path directory;

    /** Names the registry by its host, as most builds do; of the caller's own, an emulator must be asked for it. */
    private static TestModule atAmazon(DeliveryFixture fixture) {
        return fixture.orders().registry(DeliveryFixture.REGISTRY);
    }

    @Test
    void publishesUnderBothTags() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Publication publication = fixture.deliver(fixture.orders());

            Digest digest = publication.image().digest();
            assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
            assertThat(publication.error()).isEmpty();
            assertThat(fixture.tags())
                    .containsOnlyKeys(TestModule.SHA, "1.4.0")
                    .containsEntry(TestModule.SHA, digest)
                    .containsEntry("1.4.0", digest);
            Manifest stored = fixture.ecr.manifest("orders", digest).orElseThrow();
            assertThat(stored.layers())
                    .hasSize(6)
                    .extracting(Descriptor::digest)
                    .allMatch(layer -> fixture.ecr.hasBlob("orders", layer));
        }
    }

    @Test
    void tellsTheStoryInItsOrder() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(fixture.orders());

            assertThat(fixture.log.events)
                    .containsExactly(
                            "resolved orders [" + TestModule.SHA + ", 1.4.0]",
                            "base " + fixture.pinnedBase() + " linux/amd64",
                            "staged orders",
                            "published orders PUBLISHED");
        }
    }

    @Test
    void stagesWithoutAnyTag() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            StagedImage staged = fixture.stage(fixture.orders());

            assertThat(fixture.ecr.images("orders")).containsExactly(staged.digest());
            assertThat(fixture.tags()).isEmpty();
        }
    }

    @Test
    void asksOnceAndSendsNothingForAnUnchangedModule() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(atAmazon(fixture));
            fixture.ecr.clearRequests();
            fixture.newSession();

            Publication again = fixture.deliver(atAmazon(fixture));

            assertThat(again.result()).isEqualTo(Result.ALREADY_PUBLISHED);
            Golden.assertThatLines(fixture.requests()).match("redeploy-unchanged");
            assertThat(fixture.uploadedBytes()).isZero();
        }
    }

    @Test
    void sendsTwoBlobsForOneChangedClass() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(fixture.orders().version("1.4.1-SNAPSHOT"));
            fixture.ecr.clearRequests();
            fixture.newSession();

            Publication next = fixture.deliver(fixture.orders()
                    .version("1.4.1-SNAPSHOT")
                    .sha(TestModule.OTHER_SHA)
                    .code("changed"));

            assertThat(next.result()).isEqualTo(Result.PUBLISHED);
            Golden.assertThatLines(fixture.requests()).match("one-class-changed");
            assertThat(fixture.requests()).hasSizeLessThanOrEqualTo(12);
            assertThat(fixture.log.staging().count(Fate.UPLOADED)).isEqualTo(2);
            assertThat(fixture.ecr.requests().stream()
                            .map(RecordedRequest::connection)
                            .distinct())
                    .hasSizeLessThanOrEqualTo(4);
            assertThat(fixture.tags())
                    .containsEntry("1.4.1-SNAPSHOT", next.image().digest());
        }
    }

    @Test
    void givesACommitThatIsBuiltForItsReleaseTheSameDigestAndOneMoreTag() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Digest merged = fixture.deliver(fixture.orders().version("1.4.0-SNAPSHOT"))
                    .image()
                    .digest();
            fixture.ecr.clearRequests();

            Publication released = fixture.deliver(fixture.orders());

            assertThat(released.result()).isEqualTo(Result.PUBLISHED);
            assertThat(released.image().digest()).isEqualTo(merged);
            assertThat(fixture.tags().values()).hasSize(3).containsOnly(merged);
            assertThat(fixture.ecr.requests())
                    .filteredOn(request -> request.kind().equals("ecr:PutImage")
                            && request.about().contains(":1.4.0"))
                    .hasSize(1);
            assertThat(fixture.uploadedBytes()).isZero();
        }
    }

    @Test
    void stagesNothingAgainForTheReleaseOfACommitThatIsThere() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(atAmazon(fixture).version("1.4.0-SNAPSHOT"));
            fixture.ecr.clearRequests();
            fixture.newSession();

            assertThat(fixture.deliver(atAmazon(fixture)).result()).isEqualTo(Result.PUBLISHED);

            Golden.assertThatLines(fixture.requests()).match("new-version");
            assertThat(fixture.log.staging().count(Fate.REUSED)).isEqualTo(7);
        }
    }

    @Test
    void writesAVersionAndAnAdditionalTagOfAnImageThatIsThereInFiveRequests() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(atAmazon(fixture).version("1.4.0-SNAPSHOT"));
            fixture.ecr.clearRequests();
            fixture.newSession();

            fixture.deliver(atAmazon(fixture).additionally("stable"));

            Golden.assertThatLines(fixture.requests()).match("two-new-tags");
            assertThat(fixture.tags()).containsKeys(TestModule.SHA, "1.4.0", "stable");
        }
    }

    @Test
    void readsNoBaseLayerThatTheTargetHas() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(fixture.orders());
            fixture.ecr.clearRequests();

            fixture.deliver(
                    fixture.orders().sha(TestModule.OTHER_SHA).version("1.4.1").code("changed"));

            assertThat(fixture.requests()).noneMatch(request -> request.contains("base/jre"));
        }
    }

    @Test
    void mountsTheBaseFromTheSameRegistry() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            fixture.deliver(fixture.orders());

            Staging staging = fixture.log.staging();
            assertThat(staging.count(Fate.MOUNTED)).isEqualTo(2);
            // The config of the base, which is built on.
            assertThat(fixture.requests())
                    .filteredOn(request -> request.startsWith("store:"))
                    .hasSize(1);
            assertThat(fixture.uploadedBytes()).isEqualTo(staging.bytes(Fate.UPLOADED));
            Golden.assertThatLines(fixture.requests()).match("first-push-base-mounted");
        }
    }

    @Test
    void sendsTheBaseWhereTheRegistryMountsNothing() throws Exception {
        try (DeliveryFixture fixture =
                new DeliveryFixture(directory, LocalEcr.builder().blobMounting(false))) {
            Publication publication = fixture.deliver(fixture.orders());

            assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
            assertThat(fixture.log.staging().count(Fate.UPLOADED)).isEqualTo(7);
        }
    }

    @Test
    void streamsTheBaseFromAnotherRegistry() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory);
                LocalEcr other = LocalEcr.builder().account(OtherAccount.ID).start();
                OtherAccount source = new OtherAccount(fixture.source(), other)) {
            Digest base = TinyBase.seed(other, "jre", "17");
            fixture.newSession(source);

            Publication publication = fixture.deliver(fixture.module("orders").base(OtherAccount.HOST + "/jre:17"));

            Staging staging = fixture.log.staging();
            assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
            assertThat(staging.count(Fate.UPLOADED)).isEqualTo(7);
            assertThat(publication.image().details().report().get("base").text())
                    .hasValue(OtherAccount.HOST + "/jre:17@" + base);
            for (Descriptor layer : other.manifest("jre", base).orElseThrow().layers()) {
                assertThat(fixture.ecr.blob("orders", layer.digest())).isEqualTo(other.blob("jre", layer.digest()));
            }
            Golden.assertThatLines(fixture.requests()).match("first-push-base-sent");
        }
    }

    @Test
    void asksForEachBlobWhereTheControlPlaneCannotTell() throws Exception {
        try (DeliveryFixture fixture =
                new DeliveryFixture(directory, LocalEcr.builder().layerAvailability(false))) {
            Publication publication = fixture.deliver(fixture.orders().worthAsking());

            assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
            assertThat(fixture.requests())
                    .filteredOn(request -> request.startsWith("HEAD /v2/orders/blobs/"))
                    .hasSize(7);
        }
    }

    @Test
    void movesASnapshot() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Digest first = fixture.deliver(fixture.orders().version("2-SNAPSHOT"))
                    .image()
                    .digest();

            Digest second = fixture.deliver(fixture.orders()
                            .version("2-SNAPSHOT")
                            .sha(TestModule.OTHER_SHA)
                            .code("changed"))
                    .image()
                    .digest();

            assertThat(fixture.tags())
                    .containsEntry(TestModule.SHA, first)
                    .containsEntry(TestModule.OTHER_SHA, second)
                    .containsEntry("2-SNAPSHOT", second);
        }
    }

    @Test
    void publishesUnderOneTagThatIsBoth() throws Exception {
        try (DeliveryFixture fixture = new DeliveryFixture(directory)) {
            Publication publication = fixture.deliver(fixture.orders().version(TestModule.SHA));

            assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
            assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA);
        }
    }
}
