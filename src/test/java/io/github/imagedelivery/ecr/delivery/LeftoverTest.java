package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that follows one which was stopped says so, by the file that it left and by the tags, and completes it. */
class LeftoverTest {
    private static final String VERSION = "1.4.0";
    private static final Behaviour LOST = Behaviour.close();

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private TestModule module;

    @BeforeEach
    void start() throws Exception {
        fixture = new DeliveryFixture(directory);
        module = fixture.module("orders");
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private List<String> found() {
        return fixture.log.events.stream()
                .filter(event -> event.startsWith("found "))
                .toList();
    }

    /** Leaves the SHA tag without the version, and the file that says so. */
    private Digest stopped() throws Exception {
        fixture.ecr.faults().inject(Occasion.of("ecr:PutImage").about("orders:" + VERSION), LOST);
        Digest digest = fixture.deliver(module).image().digest();
        fixture.ecr.faults().clear();
        fixture.log.events.clear();
        return digest;
    }

    private void leave(String content) throws Exception {
        Files.createDirectories(module.report("."));
        Files.writeString(module.report("push.json"), content);
    }

    private void leave(Phase phase, Digest image) throws Exception {
        leave(Json.object()
                .with("schema", Json.of(1))
                .with("phase", Json.of(phase.word()))
                .with("digest", Json.of(image.toString()))
                .toString());
    }

    @Test
    void completesWhatEndedUnknown() throws Exception {
        stopped();

        assertThat(fixture.deliver(module).result()).isEqualTo(Result.PUBLISHED);

        assertThat(found()).containsExactly("found orders UNKNOWN THERE MISSING");
    }

    @Test
    void completesWhatWasKilled() throws Exception {
        leave(Phase.PUBLISH_VERSION, stopped());

        assertThat(fixture.deliver(module).result()).isEqualTo(Result.PUBLISHED);

        assertThat(found()).containsExactly("found orders publish-version THERE MISSING");
    }

    @Test
    void completesWhatAnotherMachineHasLeft() throws Exception {
        stopped();
        Files.delete(module.report("push.json"));

        assertThat(fixture.deliver(module).result()).isEqualTo(Result.PUBLISHED);

        assertThat(found()).containsExactly("found orders THERE MISSING");
    }

    @Test
    void tellsThatAMovingVersionIsElsewhere() throws Exception {
        String snapshot = "1.5.0-SNAPSHOT";
        fixture.deliver(module.version(snapshot));
        fixture.deliver(module.sha(TestModule.OTHER_SHA).code("next"));
        fixture.log.events.clear();

        fixture.deliver(fixture.module("orders").version(snapshot));

        assertThat(found()).containsExactly("found orders THERE ELSEWHERE");
    }

    @Test
    void tellsThatTheLastRunWasOfAnotherImage() throws Exception {
        stopped();

        fixture.deliver(module.sha(TestModule.OTHER_SHA).version("1.4.1").code("next"));

        assertThat(found()).containsExactly("found orders UNKNOWN elsewhere MISSING MISSING");
    }

    @Test
    void tellsTheSameWhereTheImageIsAdopted() throws Exception {
        stopped();

        fixture.deliver(module.adopting());

        assertThat(found()).containsExactly("found orders UNKNOWN THERE MISSING");
    }

    @Test
    void saysNothingOfARunThatEndedWell() throws Exception {
        fixture.deliver(module);
        fixture.deliver(module);

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"schema\":2,\"phase\":\"stage\"}",
                "{\"schema\":1}",
                "{\"schema\":1,\"phase\":\"lunch\",\"result\":\"EATEN\"}",
                "{\"schema\":1,\"phase\":[1]}"
            })
    void takesNoWordFromAFileThatIsNotOurs(String content) throws Exception {
        leave(content);

        fixture.deliver(module);

        assertThat(found()).isEmpty();
    }

    @Test
    void takesNoWordFromAFileThatIsTooLarge() throws Exception {
        leave("{\"schema\":1,\"phase\":\"stage\"}" + " ".repeat(1 << 20));

        fixture.deliver(module);

        assertThat(found()).isEmpty();
    }

    @Test
    void removesAPartOfAFileThatAKilledRunHasLeft() throws Exception {
        leave("{}");
        Files.writeString(module.report("push.json.part"), "{\"sch");

        Delivery.forget(module.report("."));

        assertThat(module.report(".")).isEmptyDirectory();
    }

    @Test
    void tellsOfAStoppedPublishOfWhatWasStagedBefore() throws Exception {
        StagedImage staged = fixture.stage(module);
        fixture.delivery.note(staged);
        fixture.newSession().reconsider(module.report("."), Exchange.Listener.NONE);
        assertThat(found()).isEmpty();
        leave(Phase.PUBLISH_SHA, staged.digest());

        fixture.newSession().reconsider(module.report("."), Exchange.Listener.NONE);

        assertThat(found()).containsExactly("found orders publish-sha MISSING MISSING");
    }
}
