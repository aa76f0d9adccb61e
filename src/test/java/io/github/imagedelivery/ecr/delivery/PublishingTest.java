package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each write of a publication, broken in each way that it can break: both tags or none, and never a wrong word. */
class PublishingTest {
    private static final String SHA = TestModule.SHA;
    private static final String VERSION = "1.4.0";

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

    private static Occasion write(String tag) {
        return Occasion.of("ecr:PutImage").about("orders:" + tag);
    }

    private TestModule module() {
        return fixture.module("orders");
    }

    private void endsWell(TestModule... modules) throws Exception {
        fixture.ecr.faults().clear();
        fixture.newSession();
        StagedImage[] staged = new StagedImage[modules.length];
        for (int i = 0; i < modules.length; i++) {
            staged[i] = fixture.stage(modules[i]);
        }
        assertThat(fixture.publish(staged))
                .allMatch(publication -> publication.result().isSuccess());
        for (StagedImage image : staged) {
            assertThat(fixture.ecr.tags(image.coordinates().repository().value().value()))
                    .containsEntry(SHA, image.digest())
                    .containsEntry(VERSION, image.digest());
        }
    }

    /** A way in which a write is definitely refused. */
    record Refusal(String code, String message, String remedy) {
        Behaviour behaviour() {
            return Behaviour.answer(400, code, message);
        }

        @Override
        public String toString() {
            return code;
        }
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal(
                        "LimitExceededException",
                        "The number of images in the repository exceeds the limit",
                        "put right what ECR refuses, and run the build again"),
                new Refusal(
                        "AccessDeniedException",
                        "User: u is not authorized to perform: ecr:PutImage on resource: r",
                        "allow ecr:PutImage on the repository orders"),
                new Refusal(
                        "LayersNotFoundException",
                        "Layers with digests 'sha256:1' required for pushing image do not exist",
                        "build it again (mvn deploy, or ecr:stage before ecr:publish), which brings what is missing; if"
                                + " it persists, let no lifecycle policy remove untagged images so early"),
                new Refusal(
                        "KmsException", "The key is disabled", "put right what ECR refuses, and run the build again"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void leavesNoTagWhereTheShaTagIsRefused(Refusal refusal) throws Exception {
        fixture.ecr.faults().inject(write(SHA), refusal.behaviour());

        Publication failed = fixture.deliver(module());

        assertRefused(failed, SHA, refusal);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void takesTheShaTagBackWhereTheVersionTagIsRefused(Refusal refusal) throws Exception {
        fixture.ecr.faults().inject(write(VERSION), refusal.behaviour());

        Publication failed = fixture.deliver(module());

        assertRefused(failed, VERSION, refusal);
        assertThat(fixture.count("ecr:BatchDeleteImage")).isEqualTo(1);
    }

    private void assertRefused(Publication failed, String tag, Refusal refusal) throws Exception {
        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(failed.error().orElseThrow()).hasMessage("""
                The tag %s of %s was refused; the tags are as they were before
                  cause: ecr:PutImage: %s: %s
                  to fix: %s""".formatted(
                        tag, failed.image().uri(), refusal.code(), refusal.message(), refusal.remedy()));
        assertThat(fixture.tags()).isEmpty();
        assertThat(reported()).isEqualTo("FAILED_CLEAN");
        assertThat(module().report("digest")).doesNotExist();
        endsWell(module());
    }

    private String reported() throws Exception {
        return Json.parse(Files.readAllBytes(module().report("push.json")))
                .get("result")
                .text()
                .orElseThrow();
    }

    /**
     * A way in which a write gets no answer that says what became of it.
     *
     * @param applied whether the write is applied nevertheless
     */
    record Doubt(String name, Behaviour behaviour, boolean applied) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Doubt> doubts() {
        return Stream.of(
                new Doubt("answer lost", Behaviour.applyAndClose(), true),
                new Doubt("500 after it was applied", Behaviour.applyButAnswer(500, "ServerException", "oops"), true),
                new Doubt("connection closed", Behaviour.close(), false),
                new Doubt("500", Behaviour.answer(500, "ServerException", "oops"), false),
                new Doubt("503", Behaviour.answer(503, "ServiceUnavailable", "later"), false));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void getsOverADoubtAboutTheShaTag(Doubt doubt) throws Exception {
        getsOver(doubt, SHA);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void getsOverADoubtAboutTheVersionTag(Doubt doubt) throws Exception {
        getsOver(doubt, VERSION);
    }

    private void getsOver(Doubt doubt, String tag) throws Exception {
        fixture.ecr.faults().inject(write(tag).first(1), doubt.behaviour);

        Publication published = fixture.deliver(module());

        assertThat(published.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
        // A write that is seen to have landed is not repeated.
        assertThat(fixture.pauses).hasSize(doubt.applied ? 0 : 1);
        endsWell(module());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA, VERSION})
    void saysThatItDoesNotKnowAndUndoesNothingWhereNoAnswerComesAtAll(String tag) throws Exception {
        fixture.ecr.faults().inject(write(tag), Behaviour.close());

        Publication unknown = fixture.deliver(module());

        assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
        assertThat(unknown.error().orElseThrow().getMessage())
                .startsWith("Whether the tag " + tag + " of " + unknown.image().uri()
                        + " was written is not known; nothing was undone\n  cause: ecr:PutImage: NoAnswer: ")
                .endsWith("\n  to fix: run the build again: it completes what is missing and changes nothing else");
        assertThat(fixture.count("ecr:BatchDeleteImage")).isZero();
        assertThat(fixture.tags().keySet()).isEqualTo(tag.equals(SHA) ? Set.of() : Set.of(SHA));
        assertThat(reported()).isEqualTo("UNKNOWN");
        endsWell(module());
    }

    @Test
    void undoesNothingAfterAShaTagWhoseAnswerWasLost() throws Exception {
        fixture.ecr.faults().inject(write(SHA).first(1), Behaviour.applyAndClose());
        fixture.ecr.faults().inject(write(VERSION), Behaviour.answer(400, "LimitExceededException", "too many"));

        Publication failed = fixture.deliver(module());

        assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
        assertThat(failed.error().orElseThrow())
                .hasMessage("""
                The tag 1.4.0 of %s was refused, and %s could not be taken back; what it names is complete
                  cause: ecr:PutImage: LimitExceededException: too many; not taken back, since an earlier write got \
                no answer
                  to fix: run the build again, or, where no other run relies on it, remove it: \
                aws ecr batch-delete-image --repository-name orders --image-ids imageTag=%s""".formatted(failed.image().uri(), SHA, SHA));
        assertThat(fixture.tags()).containsOnlyKeys(SHA);
        endsWell(module());
    }

    @Test
    void undoesNothingWhereADoubtfulWriteIsRefusedWhenRepeated() throws Exception {
        fixture.ecr.faults().inject(write(VERSION).first(1), Behaviour.close());
        fixture.ecr
                .faults()
                .inject(write(VERSION).from(1), Behaviour.answer(400, "LimitExceededException", "too many"));

        Publication unknown = fixture.deliver(module());

        assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
        assertThat(fixture.tags()).containsOnlyKeys(SHA);
        endsWell(module());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA, VERSION})
    void repeatsAWriteThatIsThrottled(String tag) throws Exception {
        fixture.ecr.faults().inject(write(tag).first(2), Behaviour.throttle());

        Publication published = fixture.deliver(module());

        assertThat(published.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.pauses).containsExactly(500L, 1000L);
    }

    @Test
    void takesTheShaTagBackWhereTheVersionTagIsThrottledForGood() throws Exception {
        fixture.ecr.faults().inject(write(VERSION), Behaviour.throttle());

        Publication failed = fixture.deliver(module());

        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(fixture.tags()).isEmpty();
        endsWell(module());
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA, VERSION})
    void agreesWithAConcurrentRunOfTheSameDigest(String tag) throws Exception {
        StagedImage staged = fixture.stage(fixture.module("strict"));
        tagged(tag, staged);

        Publication published = fixture.publish(staged).get(0);

        assertThat(published.result()).isEqualTo(Result.PUBLISHED);
        assertThat(fixture.ecr.tags("strict")).containsOnlyKeys(SHA, VERSION);
    }

    @Test
    void yieldsTheVersionToAConcurrentRunOfAnotherDigest() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("strict"));
        Digest other = stagedElsewhere(VERSION);

        Publication failed = fixture.publish(staged).get(0);

        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(failed.error().orElseThrow().getMessage()).contains("ImageTagAlreadyExistsException");
        assertThat(fixture.ecr.tags("strict")).containsExactlyEntriesOf(Map.of(VERSION, other));
    }

    @Test
    void yieldsTheShaTagToAConcurrentRunOfAnotherDigest() throws Exception {
        StagedImage staged = fixture.stage(fixture.module("strict"));
        Digest other = stagedElsewhere(SHA);

        Publication failed = fixture.publish(staged).get(0);

        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(fixture.ecr.tags("strict")).containsExactlyEntriesOf(Map.of(SHA, other));
    }

    private void tagged(String tag, StagedImage staged) throws Exception {
        String repository = staged.coordinates().repository().value().value();
        Manifest manifest = fixture.ecr.manifest(repository, staged.digest()).orElseThrow();
        fixture.ecr.seed(repository, tag, manifest, List.of());
    }

    private Digest stagedElsewhere(String tag) throws Exception {
        StagedImage other = fixture.stage(
                fixture.module("strict").code("other").sha(TestModule.OTHER_SHA).version("9"));
        tagged(tag, other);
        return other.digest();
    }
}
