package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user has decided about a publish: whether it takes back, and whether to be superseded is to fail. */
class PublishPolicyTest {
    private static final String SHA = TestModule.SHA;
    private static final String VERSION = "1.4.0";
    private static final Behaviour REFUSED = Behaviour.answer(400, "LimitExceededException", "too many");

    @TempDir
    Path directory;

    private DeliveryFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new DeliveryFixture(directory);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    private static Occasion write(String image) {
        return Occasion.of("ecr:PutImage").about(image);
    }

    private StagedImage staged(TestModule module) throws Exception {
        return fixture.stage(module);
    }

    @Test
    void leavesTheShaTagAndDeletesNothingWhereItIsNeverToUndo() throws Exception {
        fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

        Publication failed = fixture.deliver(fixture.module("orders").neverUndoing());

        assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
        assertThat(failed.error().orElseThrow())
                .hasMessage("""
                The tag 1.4.0 of %s was refused, and %s could not be taken back; what it names is complete
                  cause: ecr:PutImage: LimitExceededException: too many; not taken back, since ecr.undo is never
                  to fix: run the build again, or, where no other run relies on it, remove it: \
                aws ecr batch-delete-image --repository-name orders --image-ids imageTag=%s""".formatted(failed.image().uri(), SHA, SHA));
        assertThat(fixture.tags()).containsOnlyKeys(SHA);
        assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
    }

    @Test
    void isCleanWithoutAnUndoWhereNothingWasWritten() throws Exception {
        fixture.ecr.faults().inject(write("orders:" + SHA), REFUSED);

        Publication failed = fixture.deliver(fixture.module("orders").neverUndoing());

        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(fixture.tags()).isEmpty();
    }

    @Test
    void completesByTheNextRunWhatWasLeft() throws Exception {
        fixture.ecr.faults().inject(write("orders:" + VERSION).first(1), REFUSED);
        fixture.deliver(fixture.module("orders").neverUndoing());

        Publication next = fixture.deliver(fixture.module("orders").neverUndoing());

        assertThat(next.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
    }

    @Test
    void takesNothingBackOfAnyImageWhereOneIsNeverToBeUndone() throws Exception {
        StagedImage orders = staged(fixture.module("orders"));
        StagedImage billing = staged(fixture.module("billing").neverUndoing());
        fixture.ecr.faults().inject(write("billing:" + VERSION), REFUSED);

        List<Publication> failed = fixture.publish(orders, billing);

        assertThat(failed).extracting(Publication::result).containsOnly(Result.FAILED_LEFT_SHA);
        assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
        assertThat(failed.get(0).error().orElseThrow().getMessage())
                .endsWith("--image-ids imageTag=" + VERSION + " imageTag=" + SHA);
        assertThat(fixture.ecr.tags("billing")).containsOnlyKeys(SHA);
        assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
    }

    @Test
    void leavesAMovedVersionWhereItIsAndTellsWhereItWas() throws Exception {
        Digest before = fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"))
                .image()
                .digest();
        StagedImage orders = staged(changed("orders").neverUndoing());
        StagedImage billing = staged(changed("billing").neverUndoing());
        fixture.ecr.faults().inject(write("billing:2-SNAPSHOT"), REFUSED);

        Publication failed = fixture.publish(orders, billing).get(0);

        assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
        assertThat(fixture.tags()).containsEntry("2-SNAPSHOT", orders.digest());
        assertThat(failed.error().orElseThrow().getMessage())
                .endsWith("to fix: run the build again: it completes what is missing; 2-SNAPSHOT was " + before
                        + " before");
    }

    private TestModule changed(String name) {
        return fixture.module(name)
                .version("2-SNAPSHOT")
                .sha(TestModule.OTHER_SHA)
                .code("changed");
    }

    @Test
    void saysBeforeAnythingIsTaggedThatNothingWillBeTakenBack() throws Exception {
        staged(fixture.module("orders").neverUndoing());
        staged(fixture.module("billing"));

        assertThat(fixture.log.events).contains("undo off orders").doesNotContain("undo off billing");
    }

    @Test
    void asksNobodyWhoReliesOnAnImageOfWhichNothingWillBeTakenBack() throws Exception {
        staged(fixture.module("orders").worthAsking());
        fixture.ecr.clearRequests();

        fixture.deliver(fixture.module("orders").worthAsking().neverUndoing());

        assertThat(fixture.requests())
                .containsExactly(
                        "ecr:BatchGetImage",
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:PutImage",
                        "ecr:BatchGetImage",
                        "ecr:PutImage",
                        "ecr:PutImage",
                        "ecr:BatchGetImage");
    }

    @Test
    void isStagedWithTheImage() throws Exception {
        TestModule module =
                fixture.module("orders").version("main").moving("ma*").neverUndoing();
        StagedImage staged = staged(module.warningWhenSuperseded());
        fixture.delivery.note(staged);

        StagedImage resumed = fixture.newSession().resume(module.report("."), Exchange.Listener.NONE);

        assertThat(resumed.policy()).isEqualTo(staged.policy()).isNotEqualTo(PublishPolicy.DEFAULT);
        assertThat(resumed.coordinates().moving())
                .isEqualTo(staged.coordinates().moving());
    }

    @Test
    void isAlsoThatOfAnImageThatAnotherBuildPublishes() throws Exception {
        TestModule module = fixture.module("orders").neverUndoing();
        fixture.delivery.note(staged(module));
        fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
        Delivery later = fixture.newSession();

        List<Publication> failed = later.publish(List.of(later.reconsider(module.report("."), Exchange.Listener.NONE)));

        assertThat(failed).extracting(Publication::result).containsExactly(Result.FAILED_LEFT_SHA);
        assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
    }

    @Test
    void isNotGuessedWhereItCannotBeRead() throws Exception {
        TestModule module = fixture.module("orders").neverUndoing();
        fixture.delivery.note(staged(module));
        Path file = module.report("staged.json");
        Files.writeString(file, Files.readString(file).replace("never", "perhaps"));

        assertThatThrownBy(() -> fixture.newSession().resume(module.report("."), Exchange.Listener.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("What was staged cannot be read; nothing was tagged");
    }

    @Test
    void failsByDefaultWhereAnotherRunHasMovedTheVersion() throws Exception {
        Publication superseded = superseded(fixture.module("orders").code("ours"));

        assertThat(superseded.result()).isEqualTo(Result.SUPERSEDED);
        assertThat(superseded.isFailure()).isTrue();
    }

    @Test
    void reportsWithoutFailingThatAnotherRunHasMovedTheVersion() throws Exception {
        TestModule module = fixture.module("orders").code("ours").warningWhenSuperseded();

        Publication superseded = superseded(module);

        assertThat(superseded.result()).isEqualTo(Result.SUPERSEDED);
        assertThat(superseded.isFailure()).isFalse();
        Json report = Json.parse(Files.readAllBytes(module.report("push.json")));
        assertThat(report.get("result").text()).hasValue("SUPERSEDED");
        assertThat(report.get("error").items()).hasSize(3);
        assertThat(module.report("digest")).doesNotExist();
        assertThat(module.report("image-id")).doesNotExist();
    }

    @Test
    void stillFailsByWhatIsNoSupersession() throws Exception {
        fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

        Publication failed = fixture.deliver(fixture.module("orders").warningWhenSuperseded());

        assertThat(failed.isFailure()).isTrue();
    }

    /** Publishes while somebody else points the version at another image between the writes and the reading back. */
    private Publication superseded(TestModule module) throws Exception {
        Digest other = staged(fixture.module("orders").code("other")).digest();
        Manifest theirs = fixture.ecr.manifest("orders", other).orElseThrow();
        StagedImage ours = staged(module.code("ours"));
        Hold hold = Hold.before();
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:BatchGetImage")
                                .about("orders:" + VERSION)
                                .first(1),
                        hold);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<List<Publication>> publish = () -> fixture.publish(ours);
            Future<List<Publication>> publications = thread.submit(publish);
            hold.awaitArrival();
            fixture.ecr.seed("orders", VERSION, theirs, List.of());
            hold.release();
            assertThat(fixture.tags()).isEqualTo(Map.of(SHA, ours.digest(), VERSION, other));
            return publications.get().get(0);
        } finally {
            thread.shutdownNow();
        }
    }
}
