package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push notices before it builds where no check has run. */
class UncheckedPushTest {
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
    void refusesBeforeTheBuildWhereTheCommitAndItsVersionAreDifferentImages() throws Exception {
        fixture.deliver(fixture.orders());
        fixture.deliver(fixture.orders().sha(TestModule.OTHER_SHA).version("1.5.0"));
        fixture.ecr.clearRequests();
        fixture.log.events.clear();

        assertThatThrownBy(() -> fixture.stage(fixture.orders().version("1.5.0")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The tag 1.5.0 points at another image already; nothing was sent or tagged")
                .hasMessageContaining(", the image of this commit is sha256:");

        assertThat(fixture.requests()).containsExactly("ecr:BatchGetImage");
        assertThat(fixture.log.events).noneMatch(event -> event.startsWith("base "));
    }

    @Test
    void goesOnWhereTheVersionMayMoveToTheImageOfTheCommit() throws Exception {
        fixture.deliver(fixture.orders().version("main").moving("ma*"));
        fixture.deliver(
                fixture.orders().sha(TestModule.OTHER_SHA).version("main").moving("ma*"));

        assertThat(fixture.deliver(fixture.orders().version("main").moving("ma*"))
                        .result())
                .isEqualTo(Result.PUBLISHED);
    }

    @Test
    void warnsOfASecondModuleWithTheSameTags() throws Exception {
        fixture.stage(fixture.orders());

        fixture.stage(fixture.module("billing").repository("orders"));

        assertThat(fixture.log.events).contains("wanted twice billing orders:" + TestModule.SHA + " orders");
    }

    @Test
    void doesNotWarnOfOneModuleThatIsStagedTwice() throws Exception {
        fixture.stage(fixture.orders());

        fixture.stage(fixture.orders());

        assertThat(fixture.log.events).noneMatch(event -> event.startsWith("wanted twice"));
    }

    @Test
    void saysThatATagWhichLookedFreeMayBeAnArchivedImages() throws Exception {
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.4.0"),
                        Behaviour.answer(
                                400, "ImageTagAlreadyExistsException", "The image tag '1.4.0' already exists"));

        Publication publication = fixture.deliver(fixture.orders());

        assertThat(publication.error().orElseThrow()).hasMessageContaining("an archived image has it: release");
        assertThat(fixture.tags()).isEmpty();
    }
}
