package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.LocalEcr;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.PairDeletion;
import io.github.imagedelivery.ecr.oci.Digest;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is taken back after a definite refusal, and what is not. Whatever ECR deletes when it is given a tag with its
 * digest, the tags of others stay.
 */
class UndoTest {
    private static final String SHA = TestModule.SHA;
    private static final String VERSION = "1.4.0";
    private static final Behaviour REFUSED = Behaviour.answer(400, "LimitExceededException", "too many");

    @TempDir
    Path directory;

    /** A test that gets a registry of either kind. */
    private interface Body {
        void run(DeliveryFixture fixture) throws Exception;
    }

    private void with(PairDeletion deletion, Body body) throws Exception {
        try (DeliveryFixture fixture =
                new DeliveryFixture(directory, LocalEcr.builder().pairDeletion(deletion))) {
            body.run(fixture);
        }
    }

    private static Occasion write(String image) {
        return Occasion.of("ecr:PutImage").about(image);
    }

    private static void seed(DeliveryFixture fixture, String repository, String tag, Digest digest) throws Exception {
        Manifest manifest = fixture.ecr.manifest(repository, digest).orElseThrow();
        fixture.ecr.seed(repository, tag, manifest, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheShaTagOfAnImageThatHadOtherTagsBefore(PairDeletion deletion) throws Exception {
        with(deletion, fixture -> {
            TestModule module = fixture.module("orders");
            Digest digest = fixture.stage(module).digest();
            seed(fixture, "orders", "production", digest);
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            Publication failed = fixture.deliver(module);

            assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
            assertThat(failed.error().orElseThrow().getMessage())
                    .contains("; not taken back, since the image had other tags before\n");
            assertThat(fixture.tags()).containsExactlyInAnyOrderEntriesOf(Map.of(SHA, digest, "production", digest));
            assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheShaTagToARunThatHasPublishedTheSameDigestMeanwhile(PairDeletion deletion) throws Exception {
        with(deletion, fixture -> {
            StagedImage staged = fixture.stage(fixture.module("orders"));
            seed(fixture, "orders", "1.4.0-SNAPSHOT", staged.digest());
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            Publication failed = fixture.publish(staged).get(0);

            assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
            assertThat(fixture.tags()).containsOnlyKeys(SHA, "1.4.0-SNAPSHOT");
        });
    }

    @Test
    void leavesTheShaTagToARunThatHasPublishedTheSameVersionMeanwhile() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            StagedImage staged = fixture.stage(fixture.module("orders"));
            Manifest manifest = fixture.ecr.manifest("orders", staged.digest()).orElseThrow();
            Hold hold = Hold.before();
            fixture.ecr.faults().inject(Occasion.of("ecr:DescribeImages"), hold);
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            List<Publication> failed = whilePublishing(fixture, staged, () -> {
                hold.awaitArrival();
                fixture.ecr.seed("orders", VERSION, manifest, List.of());
                hold.release();
            });

            assertThat(failed).extracting(Publication::result).containsExactly(Result.FAILED_LEFT_SHA);
            assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
            assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
        });
    }

    @Test
    void putsTheShaTagBackAlsoWhereTheAnswerToItsRemovalIsLost() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            StagedImage staged = fixture.stage(fixture.module("orders"));
            Manifest manifest = fixture.ecr.manifest("orders", staged.digest()).orElseThrow();
            Hold hold = Hold.before();
            fixture.ecr.faults().inject(Occasion.of("ecr:DescribeImages").from(2), hold);
            fixture.ecr.faults().inject(Occasion.of("ecr:BatchDeleteImage"), Behaviour.applyAndClose());
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            List<Publication> failed = whilePublishing(fixture, staged, () -> {
                hold.awaitArrival();
                fixture.ecr.seed("orders", VERSION, manifest, List.of());
                hold.release();
            });

            assertThat(failed).extracting(Publication::result).containsExactly(Result.FAILED_LEFT_SHA);
            assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
        });
    }

    @ParameterizedTest
    @EnumSource
    void putsTheShaTagBackForARunThatPublishesTheSameDigestDuringTheUndo(PairDeletion deletion) throws Exception {
        with(deletion, fixture -> {
            StagedImage staged = fixture.stage(fixture.module("orders"));
            Manifest manifest = fixture.ecr.manifest("orders", staged.digest()).orElseThrow();
            Hold hold = Hold.after();
            fixture.ecr.faults().inject(Occasion.of("ecr:BatchDeleteImage"), hold);
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            List<Publication> failed = whilePublishing(fixture, staged, () -> {
                hold.awaitArrival();
                fixture.ecr.seed("orders", "1.4.0-SNAPSHOT", manifest, List.of());
                hold.release();
            });

            assertThat(failed).extracting(Publication::result).containsExactly(Result.FAILED_LEFT_SHA);
            assertThat(fixture.tags()).containsOnlyKeys(SHA, "1.4.0-SNAPSHOT");
        });
    }

    private interface Action {
        void run() throws Exception;
    }

    private static List<Publication> whilePublishing(DeliveryFixture fixture, StagedImage staged, Action action)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Callable<List<Publication>> publish = () -> fixture.publish(staged);
            Future<List<Publication>> publications = thread.submit(publish);
            action.run();
            return publications.get();
        } finally {
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void undoesTwoImagesInReverse(PairDeletion deletion) throws Exception {
        with(deletion, fixture -> {
            StagedImage orders = fixture.stage(fixture.module("orders"));
            StagedImage billing = fixture.stage(fixture.module("billing"));
            fixture.ecr.faults().inject(write("billing:" + VERSION), REFUSED);
            fixture.ecr.clearRequests();

            List<Publication> failed = fixture.publish(orders, billing);

            assertThat(failed)
                    .extracting(Publication::result)
                    .containsExactly(Result.FAILED_CLEAN, Result.FAILED_CLEAN);
            assertThat(fixture.tags()).isEmpty();
            assertThat(fixture.ecr.tags("billing")).isEmpty();
            assertThat(fixture.ecr.requests())
                    .filteredOn(request -> request.kind().equals("ecr:BatchDeleteImage"))
                    .extracting(request -> request.about())
                    .containsExactly("orders:" + VERSION, "billing:" + SHA, "orders:" + SHA);
            fixture.ecr.faults().clear();
            assertThat(fixture.publish(
                            fixture.stage(fixture.module("orders")), fixture.stage(fixture.module("billing"))))
                    .extracting(Publication::result)
                    .containsOnly(Result.PUBLISHED);
        });
    }

    @Test
    void undoesTheFirstShaTagWhereTheSecondIsRefused() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            StagedImage orders = fixture.stage(fixture.module("orders"));
            StagedImage billing = fixture.stage(fixture.module("billing"));
            fixture.ecr.faults().inject(write("billing:" + SHA), REFUSED);

            List<Publication> failed = fixture.publish(orders, billing);

            assertThat(failed).extracting(Publication::result).containsOnly(Result.FAILED_CLEAN);
            assertThat(failed.get(0).error().orElseThrow()).hasMessage("""
                    The tag %s of %s was refused; the tags are as they were before
                      cause: ecr:PutImage: LimitExceededException: too many
                      to fix: put right what ECR refuses, and run the build again""".formatted(SHA, billing.uri()));
            assertThat(fixture.tags()).isEmpty();
            assertThat(fixture.ecr.tags("billing")).isEmpty();
        });
    }

    @Test
    void movesAVersionBackToTheImageThatItPointedAt() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            Digest before = fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"))
                    .image()
                    .digest();
            StagedImage orders = fixture.stage(changed(fixture, "orders"));
            StagedImage billing = fixture.stage(changed(fixture, "billing"));
            fixture.ecr.faults().inject(write("billing:2-SNAPSHOT"), REFUSED);

            List<Publication> failed = fixture.publish(orders, billing);

            assertThat(failed).extracting(Publication::result).containsOnly(Result.FAILED_CLEAN);
            assertThat(fixture.tags()).containsExactlyInAnyOrderEntriesOf(Map.of(SHA, before, "2-SNAPSHOT", before));
        });
    }

    private static TestModule changed(DeliveryFixture fixture, String name) {
        return fixture.module(name)
                .version("2-SNAPSHOT")
                .sha(TestModule.OTHER_SHA)
                .code("changed");
    }

    @Test
    void leavesAMovedVersionAloneThatHasMovedOn() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"));
            Digest third =
                    fixture.stage(changed(fixture, "orders").code("third")).digest();
            StagedImage orders = fixture.stage(changed(fixture, "orders"));
            StagedImage billing = fixture.stage(changed(fixture, "billing"));
            Hold hold = Hold.before();
            fixture.ecr.faults().inject(write("billing:2-SNAPSHOT"), REFUSED);
            fixture.ecr
                    .faults()
                    .inject(
                            Occasion.of("ecr:BatchGetImage")
                                    .about("orders:2-SNAPSHOT")
                                    .nth(2),
                            hold);

            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Callable<List<Publication>> publish = () -> fixture.publish(orders, billing);
                Future<List<Publication>> publications = thread.submit(publish);
                hold.awaitArrival();
                seed(fixture, "orders", "2-SNAPSHOT", third);
                hold.release();
                publications.get();
            } finally {
                thread.shutdownNow();
            }

            assertThat(fixture.tags()).containsEntry("2-SNAPSHOT", third).doesNotContainKey(TestModule.OTHER_SHA);
        });
    }

    @Test
    void saysHowToRepairWhatItMayNotTakeBack() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            TestModule module = fixture.module("orders");
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
            fixture.ecr.faults().deny("ecr:BatchDeleteImage");

            Publication failed = fixture.deliver(module);

            assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
            assertThat(failed.error().orElseThrow())
                    .hasMessage("""
                    The tag 1.4.0 of %s was refused, and %s could not be taken back; what it names is complete
                      cause: ecr:PutImage: LimitExceededException: too many; not taken back, since \
                    ecr:BatchDeleteImage: AccessDeniedException: User: arn:aws:iam::123456789012:user/local is not \
                    authorized to perform: ecr:BatchDeleteImage on resource: \
                    arn:aws:ecr:eu-central-1:123456789012:repository/orders because no identity-based policy allows \
                    the ecr:BatchDeleteImage action
                      to fix: run the build again, or, where no other run relies on it, remove it: \
                    aws ecr batch-delete-image --repository-name orders --image-ids imageTag=%s""".formatted(failed.image().uri(), SHA, SHA));
            assertThat(fixture.tags()).containsOnlyKeys(SHA);
            Json report = Json.parse(Files.readAllBytes(module.report("push.json")));
            assertThat(report.get("result").text()).hasValue("FAILED_LEFT_SHA");
            fixture.ecr.faults().clear();
            assertThat(fixture.deliver(module).result()).isEqualTo(Result.PUBLISHED);
        });
    }

    @Test
    void keepsTheShaTagUnderAVersionThatCannotBeTakenBack() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            StagedImage orders = fixture.stage(fixture.module("orders"));
            StagedImage billing = fixture.stage(fixture.module("billing"));
            fixture.ecr.faults().inject(write("billing:" + VERSION), REFUSED);
            fixture.ecr
                    .faults()
                    .inject(
                            Occasion.of("ecr:BatchDeleteImage").about("orders:" + VERSION),
                            Behaviour.answer(403, "AccessDeniedException", "no"));

            List<Publication> failed = fixture.publish(orders, billing);

            assertThat(failed)
                    .extracting(Publication::result)
                    .containsExactly(Result.FAILED_LEFT_SHA, Result.FAILED_CLEAN);
            assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
            assertThat(failed.get(0).error().orElseThrow().getMessage())
                    .endsWith("--image-ids imageTag=" + VERSION + " imageTag=" + SHA);
        });
    }

    @Test
    void removesNoShaTagWhereNobodyCanTellWhoReliesOnIt() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            fixture.stage(fixture.module("orders"));
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
            fixture.ecr.faults().deny("ecr:DescribeImages");

            Publication failed = fixture.deliver(fixture.module("orders"));

            assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
            assertThat(fixture.tags()).containsOnlyKeys(SHA);
            assertThat(fixture.log.events)
                    .anySatisfy(event -> assertThat(event)
                            .startsWith("undo blind orders ecr:DescribeImages: AccessDeniedException: "));
        });
    }

    @Test
    void removesNoTagThatAnEarlierRunHasWritten() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            Digest digest = fixture.deliver(fixture.module("orders").version("1.4.0-SNAPSHOT"))
                    .image()
                    .digest();
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);

            Publication failed = fixture.deliver(fixture.module("orders"));

            assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
            assertThat(fixture.tags())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(SHA, digest, "1.4.0-SNAPSHOT", digest));
            assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
        });
    }

    @Test
    void isNotSureOfATagWhoseRemovalGotNoAnswer() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
            fixture.ecr.faults().inject(Occasion.of("ecr:BatchDeleteImage"), Behaviour.close());

            Publication unknown = fixture.deliver(fixture.module("orders"));

            assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
            assertThat(unknown.error().orElseThrow().getMessage())
                    .startsWith("The tag 1.4.0 of " + unknown.image().uri() + " was refused, and whether " + SHA
                            + " could be taken back is not known\n  cause: ecr:PutImage: LimitExceededException: too many;"
                            + " not taken back, since ecr:BatchDeleteImage: NoAnswer: ")
                    .endsWith("\n  to fix: put right what ECR refuses, and run the build again: it completes what is"
                            + " missing and changes nothing else");
            assertThat(fixture.count("ecr:BatchDeleteImage")).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500, 503})
    void asksAgainWhereEcrCannotRemoveATagJustNow(int status) throws Exception {
        Behaviour passing =
                status == 400 ? Behaviour.throttle() : Behaviour.answer(status, "ServerException", "not now");
        with(PairDeletion.UNTIES_TAG, fixture -> {
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
            fixture.ecr.faults().inject(Occasion.of("ecr:BatchDeleteImage").first(2), passing);

            Publication failed = fixture.deliver(fixture.module("orders"));

            assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
            assertThat(fixture.tags()).isEmpty();
            assertThat(fixture.pauses).containsExactly(500L, 1000L);
        });
    }

    @Test
    void asksForTheRemovalOfATagThreeTimesAtMost() throws Exception {
        with(PairDeletion.UNTIES_TAG, fixture -> {
            fixture.ecr.faults().inject(write("orders:" + VERSION), REFUSED);
            fixture.ecr.faults().inject(Occasion.of("ecr:BatchDeleteImage"), Behaviour.throttle());

            Publication failed = fixture.deliver(fixture.module("orders"));

            assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
            assertThat(fixture.count("ecr:BatchDeleteImage")).isEqualTo(3);
        });
    }
}
