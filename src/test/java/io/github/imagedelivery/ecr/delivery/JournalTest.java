package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Hold;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code push.json} says while a push goes on, which is what a process leaves that is killed at that moment. */
class JournalTest {
    private static final String SHA = TestModule.SHA;
    private static final String VERSION = "1.4.0";
    private static final Behaviour REFUSED = Behaviour.answer(400, "LimitExceededException", "too many");

    @TempDir
    Path directory;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private DeliveryFixture fixture;
    private TestModule module;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        module = fixture.module("orders");
    }

    @AfterEach
    void stop() throws Exception {
        thread.shutdownNow();
        fixture.close();
    }

    private static Occasion write(String tag) {
        return Occasion.of("ecr:PutImage").about("orders:" + tag);
    }

    private Json report() throws Exception {
        return Json.parse(Files.readAllBytes(module.report("push.json")));
    }

    private static String summary(Json report) {
        return report.get("result").text().orElse("unfinished") + " "
                + report.get("phase").text().orElse("") + " " + report.get("created");
    }

    /** Returns what is in the file while the request is held; the push then goes on. */
    private String whileHeld(Occasion occasion) throws Exception {
        Hold hold = Hold.before();
        fixture.ecr.faults().inject(occasion, hold);
        Callable<Publication> deliver = () -> fixture.deliver(module);
        Future<Publication> publication = thread.submit(deliver);
        hold.awaitArrival();
        Json report = report();
        hold.release();
        publication.get();
        assertThat(report.get("digest").text()).isEqualTo(report().get("digest").text());
        return summary(report);
    }

    @Test
    void saysThatContentIsSent() throws Exception {
        assertThat(whileHeld(Occasion.of("POST /v2/orders/blobs/uploads/").nth(1)))
                .isEqualTo("unfinished stage []");
    }

    @Test
    void saysThatTheShaTagIsWritten() throws Exception {
        assertThat(whileHeld(write(SHA))).isEqualTo("unfinished publish-sha []");
    }

    @Test
    void saysThatTheVersionTagIsWrittenAndTheShaTagIsThere() throws Exception {
        assertThat(whileHeld(write(VERSION))).isEqualTo("unfinished publish-version [\"" + SHA + "\"]");
    }

    @Test
    void saysThatBothTagsAreReadBack() throws Exception {
        // Preflight, the staged manifest, both tags.
        assertThat(whileHeld(Occasion.of("ecr:BatchGetImage").nth(3)))
                .isEqualTo("unfinished verify [\"" + SHA + "\",\"" + VERSION + "\"]");
    }

    @Test
    void saysThatTagsAreTakenBack() throws Exception {
        fixture.ecr.faults().inject(write(VERSION), REFUSED);

        assertThat(whileHeld(Occasion.of("ecr:BatchDeleteImage"))).isEqualTo("unfinished undo [\"" + SHA + "\"]");
        assertThat(summary(report())).isEqualTo("FAILED_CLEAN undo []");
    }

    @Test
    void notesOneModuleAfterTheOther() throws Exception {
        StagedImage orders = fixture.stage(module);
        StagedImage billing = fixture.stage(fixture.module("billing"));
        Hold hold = Hold.before();
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").about("billing:" + SHA), hold);
        Callable<List<Publication>> publish = () -> fixture.publish(orders, billing);
        Future<List<Publication>> publications = thread.submit(publish);
        hold.awaitArrival();

        assertThat(summary(report())).isEqualTo("unfinished publish-sha [\"" + SHA + "\"]");
        hold.release();
        publications.get();
    }

    @Test
    void saysThatAnImageWaitsForItsTags() throws Exception {
        fixture.delivery.note(fixture.stage(module));

        assertThat(summary(report())).isEqualTo("unfinished staged []");
    }

    @Test
    void saysInTheEndWhatWasCreated() throws Exception {
        fixture.deliver(module);
        assertThat(summary(report())).isEqualTo("PUBLISHED done [\"" + SHA + "\",\"" + VERSION + "\"]");

        fixture.deliver(module.version("1.4.1"));
        assertThat(summary(report())).isEqualTo("PUBLISHED done [\"1.4.1\"]");

        fixture.deliver(module);
        assertThat(summary(report())).isEqualTo("ALREADY_PUBLISHED done []");
    }

    @Test
    void countsNoWriteAsCreatedThatGotNoAnswer() throws Exception {
        fixture.ecr.faults().inject(write(SHA), Behaviour.applyAndClose());
        fixture.ecr.faults().inject(write(VERSION), Behaviour.close());

        fixture.deliver(module);

        assertThat(summary(report())).isEqualTo("UNKNOWN publish-version []");
    }

    @Test
    void namesWhatCouldNotBeTakenBack() throws Exception {
        fixture.ecr.faults().inject(write(VERSION), REFUSED);
        fixture.ecr.faults().deny("ecr:BatchDeleteImage");

        fixture.deliver(module);

        assertThat(summary(report())).isEqualTo("FAILED_LEFT_SHA undo [\"" + SHA + "\"]");
    }

    @Test
    void tellsThatStagingHasFailedOnTheWay() throws Exception {
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage"), REFUSED);
        assertThatThrownBy(() -> fixture.stage(module)).hasMessageContaining("nothing was tagged");

        assertThat(summary(report())).isEqualTo("FAILED_CLEAN stage []");
    }

    @Test
    void warnsOnceAndGoesOnWhereItCannotBeWritten() throws Exception {
        StagedImage orders = fixture.stage(module);
        Files.delete(module.report("push.json"));
        Files.delete(module.module().reports());
        Files.writeString(module.module().reports(), "in the way");

        assertThatThrownBy(() -> fixture.publish(orders)).hasMessageStartingWith("The report cannot be written");

        assertThat(fixture.log.events).containsOnlyOnce("not noted ecr").contains("published orders PUBLISHED");
        assertThat(fixture.tags()).containsOnlyKeys(SHA, VERSION);
    }
}
