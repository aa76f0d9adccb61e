package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.WrittenImage.Destination;
import io.github.imagedelivery.ecr.image.OutputFormat;
import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Exchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever waits for a delivery is told while it goes on. */
class ProgressTest {
    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private final Watcher watcher = new Watcher();

    /** Notes each phase, with the bytes that were to move in it and have moved when it ends. */
    private static final class Watcher implements Progress {
        private final List<String> seen = new ArrayList<>();

        @Override
        public Work begin(String name) {
            seen.add("begin " + name);
            return new Watched(name);
        }

        private final class Watched implements Work {
            private final String name;
            private String phase = "";
            private long expected;
            private long moved;

            Watched(String name) {
                this.name = name;
            }

            @Override
            public synchronized void phase(String next) {
                note();
                phase = next;
                expected = 0;
                moved = 0;
            }

            @Override
            public synchronized void expect(long bytes) {
                expected += bytes;
            }

            @Override
            public synchronized void moved(long bytes) {
                moved += bytes;
            }

            @Override
            public synchronized void close() {
                note();
                seen.add("end " + name);
            }

            private void note() {
                if (!phase.isEmpty()) {
                    seen.add(phase + " " + moved + " of " + expected);
                }
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
        fixture.watchedBy(watcher);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void tellsOfEachPhaseAndOfTheBytesThatAreSent() throws Exception {
        fixture.deliver(fixture.orders());

        long sent = fixture.log.staging().bytes(Fate.UPLOADED);
        assertThat(sent).isPositive().isEqualTo(fixture.uploadedBytes());
        assertThat(watcher.seen)
                .containsExactly(
                        "begin orders",
                        "resolve 0 of 0",
                        "preflight 0 of 0",
                        "base 0 of 0",
                        "build 0 of 0",
                        // Without the layers of the base, which are mounted.
                        "stage " + sent + " of " + sent,
                        "end orders",
                        "begin orders",
                        "publish 0 of 0",
                        "end orders");
    }

    @Test
    void countsABlobOnceThatIsSentTwice() throws Exception {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.matching(kind -> kind.startsWith("PUT /v2/")).first(1),
                        Behaviour.answer(503, "UNAVAILABLE", "later"));

        fixture.stage(fixture.orders());

        long sent = fixture.log.staging().bytes(Fate.UPLOADED);
        assertThat(watcher.seen).contains("stage " + sent + " of " + sent);
    }

    @Test
    void tellsOfSeveralImagesTogetherWhenTheyArePublished() throws Exception {
        StagedImage orders = fixture.stage(fixture.orders());
        StagedImage billing = fixture.stage(fixture.module("billing").base(fixture.pinnedBase()));
        watcher.seen.clear();

        fixture.publish(orders, billing);

        assertThat(watcher.seen).containsExactly("begin 2 images", "publish 0 of 0", "end 2 images");
    }

    @Test
    void endsAlsoWhereADeliveryFails() throws Exception {
        assertThatThrownBy(() -> fixture.stage(fixture.orders().base(fixture.ecr.registryHost() + "/base/none:1")))
                .isInstanceOf(DeliveryException.class);

        assertThat(watcher.seen).last().isEqualTo("end orders");
    }

    @Test
    void countsTheLayersOfTheBaseThatAreFetchedForAnImageOnDisk() throws Exception {
        write();
        long base = fixture.ecr.manifest("base/jre", fixture.base).orElseThrow().layers().stream()
                .mapToLong(layer -> layer.size())
                .sum();

        assertThat(watcher.seen)
                .containsExactly(
                        "begin orders", "base 0 of 0", "build 0 of 0", "write " + base + " of " + base, "end orders");
        watcher.seen.clear();

        write();

        assertThat(watcher.seen).contains("write 0 of 0");
    }

    @Test
    void tellsOfAComparison() throws Exception {
        String published = fixture.published(fixture.orders()).digest().toString();
        watcher.seen.clear();

        fixture.diff().ofBuild(fixture.orders().module(), Optional.empty(), Exchange.Listener.NONE);
        fixture.diff()
                .ofStored(
                        "orders",
                        fixture.orders().module().coordinates(),
                        new Diff.Pair(Optional.empty(), ImageName.parse(published)),
                        Exchange.Listener.NONE);

        assertThat(watcher.seen)
                .containsExactly(
                        "begin orders",
                        "base 0 of 0",
                        "build 0 of 0",
                        "compare 0 of 0",
                        "end orders",
                        "begin orders",
                        "compare 0 of 0",
                        "end orders");
    }

    private void write() throws Exception {
        fixture.delivery.write(
                fixture.orders().module(),
                new Destination(OutputFormat.LAYOUT, directory.resolve("out")),
                Exchange.Listener.NONE);
    }

    @Test
    void takesBackWhatTurnsOutToBeThereOnce() throws Exception {
        Progress.Work work = watcher.begin("orders");
        work.phase("stage");
        work.expect(10);
        CountedBlob blob = new CountedBlob(Blob.of("any", new byte[10]), work);
        blob.open().skipNBytes(4);

        blob.spare();
        blob.spare();
        work.close();

        assertThat(watcher.seen).contains("stage 0 of 0");
    }
}
