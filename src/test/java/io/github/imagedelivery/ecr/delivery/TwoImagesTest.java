package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One publication of two images: each of its four writes, broken. */
class TwoImagesTest {
    private static final String SHA = TestModule.SHA;

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

    private List<Result> publish() throws Exception {
        StagedImage orders = fixture.stage(fixture.module("orders"));
        StagedImage billing = fixture.stage(fixture.module("billing"));
        fixture.ecr.clearRequests();
        return fixture.publish(orders, billing).stream()
                .map(Publication::result)
                .toList();
    }

    private List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (String repository : List.of("orders", "billing")) {
            fixture.ecr.tags(repository).keySet().forEach(tag -> tags.add(repository + ":" + tag));
        }
        return tags;
    }

    @Test
    void writesEveryShaTagBeforeAnyVersionTag() throws Exception {
        assertThat(publish()).containsOnly(Result.PUBLISHED);

        assertThat(fixture.ecr.requests())
                .filteredOn(request -> request.kind().equals("ecr:PutImage"))
                .extracting(request -> request.about())
                .containsExactly("orders:" + SHA, "billing:" + SHA, "orders:1.4.0", "billing:1.4.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:" + SHA, "billing:" + SHA, "orders:1.4.0", "billing:1.4.0"})
    void publishesNeitherWhereOneWriteIsRefused(String write) throws Exception {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about(write),
                        Behaviour.answer(400, "LimitExceededException", "too many"));

        assertThat(publish()).containsExactly(Result.FAILED_CLEAN, Result.FAILED_CLEAN);

        assertThat(tags()).isEmpty();
        endsWell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:" + SHA, "billing:" + SHA, "orders:1.4.0", "billing:1.4.0"})
    void stopsWhereTheOutcomeOfOneWriteIsNotKnown(String write) throws Exception {
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").about(write), Behaviour.close());

        assertThat(publish()).containsExactly(Result.UNKNOWN, Result.UNKNOWN);

        List<String> order = List.of("orders:" + SHA, "billing:" + SHA, "orders:1.4.0", "billing:1.4.0");
        assertThat(tags()).containsExactlyInAnyOrderElementsOf(order.subList(0, order.indexOf(write)));
        endsWell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:" + SHA, "billing:" + SHA, "orders:1.4.0", "billing:1.4.0"})
    void publishesBothWhereTheAnswerToOneWriteIsLost(String write) throws Exception {
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").about(write), Behaviour.applyAndClose());

        assertThat(publish()).containsExactly(Result.PUBLISHED, Result.PUBLISHED);
    }

    private void endsWell() throws Exception {
        fixture.ecr.faults().clear();
        assertThat(publish()).allMatch(Result::isSuccess);
        assertThat(tags()).hasSize(4);
    }

    @Test
    void leavesAMovedVersionThatAnotherBuildHadMovedSinceTheStaging() throws Exception {
        fixture.deliver(fixture.module("orders").version("2-SNAPSHOT"));
        Digest theirs = fixture.stage(changed("orders").code("theirs")).digest();
        StagedImage orders = fixture.stage(changed("orders"));
        StagedImage billing = fixture.stage(changed("billing"));
        Manifest manifest = fixture.ecr.manifest("orders", theirs).orElseThrow();
        fixture.ecr.seed("orders", "2-SNAPSHOT", manifest, List.of());
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("billing:2-SNAPSHOT"),
                        Behaviour.answer(400, "LimitExceededException", "too many"));

        List<Publication> failed = fixture.publish(orders, billing);

        assertThat(failed).extracting(Publication::result).containsExactly(Result.FAILED_LEFT_SHA, Result.FAILED_CLEAN);
        assertThat(fixture.ecr.tags("orders"))
                .containsEntry("2-SNAPSHOT", orders.digest())
                .containsEntry(TestModule.OTHER_SHA, orders.digest());
        assertThat(Publication.errors(failed))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("another build had moved it since this one looked");
    }

    private TestModule changed(String name) {
        return fixture.module(name)
                .version("2-SNAPSHOT")
                .sha(TestModule.OTHER_SHA)
                .code("changed");
    }

    @Test
    void refusesTwoImagesOfOneNameAndTagsNone() throws Exception {
        StagedImage orders = fixture.stage(fixture.module("orders"));
        StagedImage other = fixture.stage(new TestModule(directory.resolve("other"), "orders").code("another class"));
        StagedImage billing = fixture.stage(fixture.module("billing"));

        List<Publication> publications = fixture.publish(billing, orders, other);

        assertThat(publications).extracting(Publication::result).containsOnly(Result.REFUSED);
        assertThat(publications.get(0).error().orElseThrow())
                .hasMessageStartingWith("Two images are to be " + orders.uri() + ":" + SHA + "; nothing was tagged")
                .hasMessageContaining("orders is " + orders.digest() + ", orders is " + other.digest());
        assertThat(tags()).isEmpty();
    }

    @Test
    void publishesOneImageThatTwoModulesHaveMade() throws Exception {
        StagedImage orders = fixture.stage(fixture.module("orders"));

        assertThat(fixture.publish(orders, orders))
                .extracting(Publication::result)
                .containsOnly(Result.PUBLISHED);
        assertThat(tags()).containsExactlyInAnyOrder("orders:" + SHA, "orders:1.4.0");
    }

    @Test
    void publishesTheOneThatIsNotThereYet() throws Exception {
        fixture.deliver(fixture.module("orders"));

        assertThat(publish()).containsExactly(Result.ALREADY_PUBLISHED, Result.PUBLISHED);
    }
}
