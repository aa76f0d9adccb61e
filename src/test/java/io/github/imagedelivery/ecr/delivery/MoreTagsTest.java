package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image with additional tags: all of its tags or none. */
class MoreTagsTest {
    private static final String SHA = TestModule.SHA;
    private static final Behaviour REFUSED = Behaviour.answer(400, "LimitExceededException", "too many");

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

    private TestModule orders() {
        return fixture.module("orders").additionally("{major}", "{shortSha}");
    }

    private TestModule next() {
        return orders().version("1.5.0").sha(TestModule.OTHER_SHA).code("changed");
    }

    private void refuse(String tag) {
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").about("orders:" + tag), REFUSED);
    }

    @Test
    void writesThemBetweenTheShaTagAndTheVersion() throws Exception {
        assertThat(fixture.deliver(orders()).result()).isEqualTo(Result.PUBLISHED);

        assertThat(fixture.ecr.requests())
                .filteredOn(request -> request.kind().equals("ecr:PutImage"))
                .extracting(request -> request.about())
                .endsWith("orders:" + SHA, "orders:1", "orders:0123456", "orders:1.4.0");
        assertThat(fixture.count("ecr:BatchGetImage"))
                .as("tags before, image, tags after")
                .isEqualTo(3);
    }

    @Test
    void findsThemAllThereTheNextTime() throws Exception {
        fixture.deliver(orders());
        fixture.ecr.clearRequests();

        assertThat(fixture.deliver(orders()).result()).isEqualTo(Result.ALREADY_PUBLISHED);
        assertThat(fixture.ecr.requests()).hasSize(1);
    }

    @Test
    void movesWhatNamesNoCommitAndNoWholeVersion() throws Exception {
        Digest before = fixture.deliver(orders()).image().digest();

        Digest after = fixture.deliver(next()).image().digest();

        assertThat(fixture.tags())
                .isEqualTo(Map.of(
                        SHA,
                        before,
                        "0123456",
                        before,
                        "1.4.0",
                        before,
                        TestModule.OTHER_SHA,
                        after,
                        "89abcde",
                        after,
                        "1.5.0",
                        after,
                        "1",
                        after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0123456", "1.4.0"})
    void takesAllBackWhereOneIsRefused(String refused) throws Exception {
        refuse(refused);

        assertThat(fixture.deliver(orders()).result()).isEqualTo(Result.FAILED_CLEAN);

        assertThat(fixture.tags()).isEmpty();
        fixture.ecr.faults().clear();
        assertThat(fixture.deliver(orders()).result()).isEqualTo(Result.PUBLISHED);
    }

    @Test
    void putsAMovedOneBack() throws Exception {
        fixture.deliver(orders());
        Map<String, Digest> before = fixture.ecr.tags("orders");
        refuse("1.5.0");

        assertThat(fixture.deliver(next()).result()).isEqualTo(Result.FAILED_CLEAN);

        assertThat(fixture.tags()).isEqualTo(before);
    }

    @Test
    void putsAMovedOneBackAlsoWhereTheCommitHadItsShaTag() throws Exception {
        Digest before = fixture.deliver(orders()).image().digest();
        TestModule module = next().additionally();
        Digest merged = fixture.deliver(module.version("2-SNAPSHOT")).image().digest();
        refuse("1.5.0");

        Publication failed = fixture.deliver(module.version("1.5.0").additionally("{major}"));

        assertThat(failed.result()).isEqualTo(Result.FAILED_CLEAN);
        assertThat(fixture.tags())
                .containsEntry("1", before)
                .containsEntry(TestModule.OTHER_SHA, merged)
                .doesNotContainKey("1.5.0");
    }

    @Test
    void leavesANewOneOnAnImageThatHadOtherTags() throws Exception {
        TestModule module = fixture.module("orders").version("2-SNAPSHOT");
        Digest image = fixture.deliver(module).image().digest();
        refuse("1.4.0");

        Publication failed = fixture.deliver(module.version("1.4.0").additionally("{major}"));

        assertThat(failed.result()).isEqualTo(Result.FAILED_LEFT_SHA);
        assertThat(failed.error().orElseThrow().getMessage()).contains("--image-ids imageTag=1");
        assertThat(fixture.tags()).isEqualTo(Map.of(SHA, image, "2-SNAPSHOT", image, "1", image));
    }

    @Test
    void refusesOneThatIsWrittenOnceAndIsAnothers() throws Exception {
        fixture.deliver(orders());
        Map<String, Digest> before = fixture.ecr.tags("orders");

        assertThatThrownBy(() -> fixture.deliver(
                        next().additionally("{version}-x", "{shortSha}").sha("0123456" + "f".repeat(33))))
                .hasMessageContaining("The tag 0123456 points at another image already; nothing was sent or tagged")
                .hasMessageContaining("leave it out of ecr.additionalTags");
        assertThat(fixture.tags()).isEqualTo(before);
    }

    @Test
    void refusesOneThatWouldMoveInAnImmutableRepository() throws Exception {
        fixture.deliver(orders().repository("strict"));

        assertThatThrownBy(() -> fixture.deliver(next().repository("strict")))
                .hasMessageContaining("The tag 1 points at another image already")
                .hasMessageContaining("exclude it from the repository's immutability");
    }

    @Test
    void publishesThemFromWhatWasNoted() throws Exception {
        TestModule module = orders();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);

        StagedImage resumed = fixture.newSession().resume(staged.reports(), exchange -> {});

        assertThat(resumed.coordinates().additional())
                .isEqualTo(staged.coordinates().additional());
        assertThat(fixture.publish(resumed)).extracting(Publication::result).containsExactly(Result.PUBLISHED);
        assertThat(fixture.tags()).containsOnlyKeys(SHA, "1", "0123456", "1.4.0");
    }

    @Test
    void refusesTwoImagesThatWantTheSameAdditionalTag() throws Exception {
        StagedImage orders = fixture.stage(orders());
        StagedImage other = fixture.stage(fixture.module("billing")
                .repository("orders")
                .version("1.9.0")
                .sha(TestModule.OTHER_SHA)
                .additionally("{major}"));

        List<Publication> refused = fixture.publish(orders, other);

        assertThat(refused).extracting(Publication::result).containsOnly(Result.REFUSED);
        assertThat(refused.get(0).error().orElseThrow().problem()).contains(":1; nothing was tagged");
        assertThat(fixture.log.events).anyMatch(event -> event.equals("wanted twice billing orders:1 orders"));
        assertThat(fixture.tags()).isEmpty();
    }
}
