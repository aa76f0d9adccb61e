package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.Exchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is staged is noted on disk, and published by whoever takes it up. */
class ResumeTest {
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

    @Test
    void publishesInAnotherSessionWhatWasStagedInThisOne() throws Exception {
        TestModule module = fixture.orders();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);

        Delivery later = fixture.newSession();
        StagedImage resumed = later.resume(module.report("."), Exchange.Listener.NONE);
        List<Publication> publications = later.publish(List.of(resumed));

        assertThat(publications).extracting(Publication::result).containsExactly(Result.PUBLISHED);
        assertThat(resumed.digest()).isEqualTo(staged.digest());
        assertThat(fixture.ecr.tags("orders").values()).hasSize(2).containsOnly(staged.digest());
    }

    @Test
    void tellsWhatWasLeftUntilItIsPublished() throws Exception {
        TestModule module = fixture.orders();
        assertThat(StagedEarlier.in(module.report("."))).isEmpty();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);

        assertThat(StagedEarlier.in(module.report(".")))
                .hasValue(new StagedEarlier(
                        "orders", staged.uri() + "@" + staged.digest(), TestModule.SHA + " and 1.4.0"));

        fixture.publish(staged);

        assertThat(StagedEarlier.in(module.report("."))).isEmpty();
    }

    @Test
    void leavesOutWhatCannotBeRead() throws Exception {
        Path reports = fixture.orders().report(".");
        Files.createDirectories(reports);
        Files.writeString(reports.resolve("staged.json"), "{");

        assertThat(StagedEarlier.in(reports)).isEmpty();
    }

    @Test
    void asksNothingToTakeUpWhatWasStaged() throws Exception {
        TestModule module = fixture.orders();
        fixture.delivery.note(fixture.stage(module));
        fixture.ecr.clearRequests();

        fixture.newSession().resume(module.report("."), Exchange.Listener.NONE);

        assertThat(fixture.ecr.requests()).isEmpty();
    }

    @Test
    void putsAMovedVersionBackFromWhatWasNoted() throws Exception {
        TestModule module = fixture.orders().version("1.5.0-SNAPSHOT");
        StagedImage first = fixture.stage(module);
        fixture.publish(first);
        StagedImage next = fixture.stage(module.sha("b".repeat(40)));
        fixture.delivery.note(next);

        StagedImage resumed = fixture.newSession().resume(module.report("."), Exchange.Listener.NONE);

        assertThat(resumed.plan().version()).isEqualTo(next.plan().version());
        assertThat(resumed.plan().sha()).isEqualTo(next.plan().sha());
    }

    @Test
    void goesOnWithTheCountsOfTheReport() throws Exception {
        TestModule module = fixture.orders();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);

        StagedImage resumed = fixture.newSession().resume(module.report("."), Exchange.Listener.NONE);

        assertThat(resumed.details().traffic().requests())
                .isEqualTo(staged.details().traffic().requests())
                .isPositive();
        assertThat(resumed.details().report()).isEqualTo(staged.details().report());
        assertThat(resumed.details().timings().millis())
                .isEqualTo(staged.details().timings().millis());
    }

    @Test
    void refusesToPublishLaterWhatATagForbidsMeanwhile() throws Exception {
        TestModule module = fixture.orders();
        fixture.delivery.note(fixture.stage(module));
        TestModule other = new TestModule(directory.resolve("elsewhere"), "orders");
        fixture.deliver(other.base(fixture.pinnedBase()).sha("b".repeat(40)));

        assertThatThrownBy(() -> fixture.newSession().reconsider(module.report("."), Exchange.Listener.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The tag 1.4.0 points at another image already");
    }

    @Test
    void publishesLaterWhatWasStaged() throws Exception {
        TestModule module = fixture.orders();
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);
        Delivery later = fixture.newSession();

        StagedImage taken = later.reconsider(module.report("."), Exchange.Listener.NONE);

        assertThat(later.publish(List.of(taken)))
                .extracting(Publication::result)
                .containsExactly(Result.PUBLISHED);
        assertThat(fixture.ecr.tags("orders").values()).hasSize(2).containsOnly(staged.digest());
    }

    @Test
    void refusesWhatCannotBeRead() throws Exception {
        Files.createDirectories(directory.resolve("broken"));
        Files.writeString(directory.resolve("broken/staged.json"), "{}");

        assertThatThrownBy(() -> fixture.delivery.resume(directory.resolve("broken"), Exchange.Listener.NONE))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("""
                        What was staged cannot be read; nothing was tagged
                          cause: schema 1 expected
                          to fix: stage the modules again with mvn deploy""");
    }

    @Test
    void adoptsTheImageOfAnExistingShaTagWithoutBuilding() throws Exception {
        StagedImage first = fixture.stage(fixture.orders());
        fixture.publish(first);
        fixture.ecr.clearRequests();

        StagedImage adopted =
                fixture.stage(fixture.orders().base("scratch").version("1.4.1").adopting());
        List<Publication> publications = fixture.publish(adopted);

        assertThat(publications).extracting(Publication::result).containsExactly(Result.PUBLISHED);
        assertThat(fixture.ecr.tags("orders"))
                .containsEntry("1.4.1", first.digest())
                .hasSize(3);
        assertThat(fixture.ecr.requests())
                .extracting(request -> request.kind())
                .containsExactly("ecr:BatchGetImage", "ecr:PutImage", "ecr:BatchGetImage", "ecr:BatchGetImage");
    }
}
