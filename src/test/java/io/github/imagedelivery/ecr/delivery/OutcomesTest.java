package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.ci.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
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

    private static Outcome outcome(TestModule module) throws Exception {
        return Outcomes.in(module.module().reports()).orElseThrow();
    }

    @Test
    void readsAPublicationOutOfItsReport() throws Exception {
        TestModule module = fixture.orders();
        StagedImage image = fixture.deliver(module).image();

        Outcome outcome = outcome(module);

        assertThat(outcome.module()).isEqualTo("orders");
        assertThat(outcome.result()).isEqualTo("PUBLISHED");
        assertThat(outcome.image())
                .contains(new Outcome.Image(
                        image.uri() + "@" + image.digest(),
                        image.digest().toString(),
                        TestModule.SHA,
                        List.of(),
                        "1.4.0"));
        assertThat(outcome.milliseconds().keySet())
                .containsExactly("resolve", "preflight", "base", "build", "stage", "publish");
        assertThat(outcome.error()).isEmpty();
    }

    @Test
    void countsWhatWasSentAndWhatWasThere() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);
        Outcome.Content first = outcome(module).content().orElseThrow();

        fixture.deliver(module);
        Outcome.Content second = outcome(module).content().orElseThrow();

        assertThat(first.reusedBytes()).isLessThan(first.bytes());
        assertThat(second).isEqualTo(new Outcome.Content(first.blobs(), first.bytes(), first.blobs(), first.bytes()));
    }

    @Test
    void tellsWhyNothingWasPushed() throws Exception {
        TestModule module = fixture.module("orders").sha("abc");
        assertThatThrownBy(() -> fixture.stage(module)).isInstanceOf(DeliveryException.class);

        Outcome outcome = outcome(module);

        assertThat(outcome.result()).isEqualTo("REFUSED");
        assertThat(outcome.image()).isEmpty();
        assertThat(outcome.error()).hasSize(3).startsWith("The revision is not a full commit id");
    }

    @Test
    void callsAnImageStagedThatWaitsForItsTags() throws Exception {
        TestModule module = fixture.orders();
        fixture.delivery.note(fixture.stage(module));

        assertThat(outcome(module).result()).isEqualTo("STAGED");
    }

    @Test
    void doesNotKnowTheResultOfADeliveryThatWasStoppedOnItsWay() throws Exception {
        Files.writeString(directory.resolve("push.json"), "{\"schema\": 1, \"phase\": \"publish-sha\"}");

        assertThat(Outcomes.in(directory).map(Outcome::result)).contains("UNKNOWN");
    }

    @Test
    void findsNothingWhereThereIsNoReport() throws Exception {
        for (String content : List.of("", "of an earlier build", "{\"schema\": 2}")) {
            Files.writeString(directory.resolve("push.json"), content);
            assertThat(Outcomes.in(directory)).as(content).isEmpty();
        }
    }
}
