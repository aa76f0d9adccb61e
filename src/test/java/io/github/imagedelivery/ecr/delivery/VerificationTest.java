package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Success is what ECR says itself, read back after both writes. */
class VerificationTest {
    private static final String VERSION = "1.4.0";
    private static final Occasion READ_BACK = Occasion.of("ecr:BatchGetImage").about("orders:" + VERSION);

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void waitsForReadsThatLagBehindWrites() throws Exception {
        fixture.ecr.faults().hideWritesFromReads(3);

        Publication publication = fixture.deliver(fixture.module("orders"));

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, VERSION);
    }

    @Test
    void waitsForReadsThatLagBehindWritesOfImmutableTags() throws Exception {
        fixture.ecr.faults().hideWritesFromReads(3);

        Publication publication = fixture.deliver(fixture.module("strict"));

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
    }

    @Test
    void isNotSureWhereTheTagsDoNotShowUp() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("orders"));
        fixture.ecr.faults().hideWritesFromReads(100);

        Publication publication = fixture.publish(staged).get(0);

        assertThat(publication.result()).isEqualTo(Result.UNKNOWN);
        assertThat(publication.error().orElseThrow()).hasMessage("""
                Both tags of %s were written, but could not be read back
                  cause: ECR does not show 1.4.0 yet
                  to fix: run the build again: it completes what is missing and changes nothing else""".formatted(staged.uri()));
        assertThat(fixture.pauses).containsExactly(1500L, 1500L, 1500L);
    }

    @Test
    void isNotSureWhereTheTagsCannotBeRead() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("orders"));
        fixture.ecr.faults().deny("ecr:BatchGetImage");

        Publication publication = fixture.publish(staged).get(0);

        assertThat(publication.result()).isEqualTo(Result.UNKNOWN);
        assertThat(publication.error().orElseThrow().getMessage()).contains("ecr:BatchGetImage: AccessDeniedException");
        assertThat(fixture.tags()).containsOnlyKeys(TestModule.SHA, VERSION);
    }

    /** Publishes, and lets somebody else act between the last write and the first reading back. */
    private Publication publishedWhile(StagedImage staged, Act act) throws Exception {
        Hold hold = Hold.before();
        fixture.ecr.faults().inject(READ_BACK.first(1), hold);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<List<Publication>> publish = () -> fixture.publish(staged);
            Future<List<Publication>> publications = thread.submit(publish);
            hold.awaitArrival();
            act.run();
            hold.release();
            return publications.get().get(0);
        } finally {
            thread.shutdownNow();
        }
    }

    private interface Act {
        void run() throws Exception;
    }

    @Test
    void tellsThatAnotherRunHasMovedTheVersionSince() throws Exception {
        Digest other = fixture.stage(fixture.module("orders").code("other")).digest();
        Manifest theirs = fixture.ecr.manifest("orders", other).orElseThrow();
        StagedImage staged = fixture.stage(fixture.module("orders").code("ours"));

        Publication publication = publishedWhile(staged, () -> fixture.ecr.seed("orders", VERSION, theirs, List.of()));

        assertThat(publication.result()).isEqualTo(Result.SUPERSEDED);
        assertThat(publication.error().orElseThrow()).hasMessage("""
                Both tags were written, and 1.4.0 has been pointed at another image since
                  cause: 1.4.0 is %s, this build is %s
                  to fix: let one build of a version run at a time (a concurrency group in CI)""".formatted(other, staged.digest()));
        assertThat(fixture.tags()).containsEntry(VERSION, other);
    }

    @Test
    void putsAShaTagBackThatAnotherRunHasTakenAway() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("orders"));

        Publication publication = publishedWhile(
                staged,
                () -> fixture.source()
                        .open(Optional.empty(), Optional.empty(), exchange -> {})
                        .deleteTag(
                                staged.access().repository().name(),
                                staged.coordinates().shaTag().value(),
                                staged.digest()));

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags())
                .containsEntry(TestModule.SHA, staged.digest())
                .containsEntry(VERSION, staged.digest());
    }

    @Test
    void readsAgainWhereOneReadingFails() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("orders"));
        fixture.ecr.faults().inject(READ_BACK.first(1), Behaviour.answer(400, "InvalidParameterException", "passing"));

        Publication publication = fixture.publish(staged).get(0);

        assertThat(publication.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.pauses).containsExactly(1500L);
    }

    private List<String> readBack(String version) throws Exception {
        StagedImage staged = fixture.stage(fixture.module("orders").version(version));
        fixture.ecr.clearRequests();
        fixture.publish(staged);
        return fixture.ecr.requests().stream()
                .filter(request -> request.kind().equals("ecr:BatchGetImage"))
                .map(RecordedRequest::about)
                .toList();
    }

    @Test
    void readsBothTagsInOneRequestWhereItHasWrittenBoth() throws Exception {
        assertThat(readBack(VERSION)).containsExactly("orders:" + VERSION);
    }

    @Test
    void readsTheVersionBeforeAShaTagThatAnotherRunMayTakeBack() throws Exception {
        fixture.deliver(fixture.module("orders"));

        assertThat(readBack("1.5.0")).containsExactly("orders:1.5.0", "orders:" + TestModule.SHA);
    }
}
