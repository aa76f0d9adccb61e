package io.github.imagedelivery.ecr.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery leaves for scripts and later goals. */
class ReporterTest {
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

    /** Returns the report without what differs from run to run. */
    private String report(TestModule module) throws Exception {
        return Files.readString(module.report("push.json"))
                .replace(fixture.ecr.registryHost(), "HOST")
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:*")
                .replaceAll("\": [0-9]{2,}", "\": 10")
                .replaceAll("\"(start|milliseconds)\": [0-9]+", "\"$1\": 10")
                .replaceAll("(\"started\": \")[^\"]+", "$1TIME")
                .replaceAll("(?s)(\"milliseconds\": \\{)[^}]*", "$1")
                .replaceAll("(?s)(\"traffic\": \\{)[^}]*", "$1");
    }

    private String expected(String name) throws Exception {
        try (InputStream in = ReporterTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), UTF_8).strip();
        }
    }

    @Test
    void tellsAllAboutAPublication() throws Exception {
        TestModule module = fixture.orders();

        fixture.deliver(module);

        assertThat(report(module).strip()).isEqualTo(expected("push.json"));
    }

    @Test
    void timesEachPhaseAndCountsTheTraffic() throws Exception {
        TestModule module = fixture.orders();
        StagedImage image = fixture.deliver(module).image();

        assertThat(image.details().timings().millis())
                .containsOnlyKeys("resolve", "preflight", "base", "build", "stage", "publish");
        assertThat(image.details().traffic().requests())
                .isEqualTo(fixture.ecr.requests().size());
        assertThat(image.details().traffic().sent()).isPositive();
        assertThat(image.details().traffic().received()).isPositive();
    }

    @Test
    void leavesDigestAndImageIdOfASuccess() throws Exception {
        TestModule module = fixture.module("orders");

        StagedImage image = fixture.deliver(module).image();

        assertThat(module.report("digest")).hasContent(image.digest().toString());
        assertThat(module.report("image-id"))
                .hasContent(image.details().report().get("imageId").text().orElseThrow());
    }

    @Test
    void removesDigestAndImageIdOfAnEarlierSuccess() throws Exception {
        TestModule module = fixture.module("orders");
        fixture.deliver(module);
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.5.0"),
                        Behaviour.answer(400, "LimitExceededException", "too many"));

        fixture.deliver(module.version("1.5.0"));

        assertThat(module.report("digest")).doesNotExist();
        assertThat(module.report("image-id")).doesNotExist();
        assertThat(report(module)).contains("\"result\": \"FAILED_CLEAN\"", "\"cause: ecr:PutImage: LimitExceeded");
    }

    @Test
    void leavesNothingOfAnEarlierSuccessWhileItIsOnlyStaged() throws Exception {
        TestModule module = fixture.module("orders");
        fixture.deliver(module);

        fixture.stage(module.version("1.5.0").sha(TestModule.OTHER_SHA).code("changed"));

        assertThat(module.report("digest")).doesNotExist();
        assertThat(report(module)).doesNotContain("result");
    }

    @Test
    void leavesNothingOfAnEarlierSuccessWhereItsImageIsStagedAgain() throws Exception {
        TestModule module = fixture.module("orders");
        fixture.deliver(module);

        fixture.stage(module.version("1.5.0"));

        assertThat(module.report("digest")).doesNotExist();
        assertThat(module.report("push.json")).doesNotExist();
    }

    @Test
    void tellsWhyNothingWasStaged() throws Exception {
        TestModule module = fixture.module("orders").sha("abc");

        assertThatThrownBy(() -> fixture.stage(module)).isInstanceOf(DeliveryException.class);

        assertThat(report(module).strip()).isEqualTo("""
                {
                  "schema": 1,
                  "module": "orders",
                  "result": "REFUSED",
                  "error": [
                    "The revision is not a full commit id",
                    "cause: ecr.sha is \\"abc\\"; 40 or 64 lower-case hex digits expected",
                    "to fix: pass the full id, -Decr.sha=$(git rev-parse HEAD), or leave it out in a working copy"
                  ]
                }""");
    }

    @Test
    void callsAFailureOfTheServiceAFailure() throws Exception {
        TestModule module = fixture.module("orders").base("127.0.0.1:1/base:1");

        assertThatThrownBy(() -> fixture.stage(module)).isInstanceOf(DeliveryException.class);

        assertThat(report(module)).contains("\"result\": \"FAILED_CLEAN\"");
    }

    @Test
    void tellsWhatWasLeftAlsoWhereTheReportCannotBeWritten() throws Exception {
        TestModule module = fixture.module("orders").neverUndoing();
        StagedImage orders = fixture.stage(module);
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.4.0"),
                        Behaviour.answer(400, "LimitExceededException", "too many"));
        Files.delete(module.report("push.json"));
        Files.delete(module.module().reports());
        Files.writeString(module.module().reports(), "in the way");

        assertThatThrownBy(() -> fixture.publish(orders))
                .hasMessageContaining("aws ecr batch-delete-image")
                .hasMessageContaining("The report cannot be written; the delivery itself ended FAILED_LEFT_SHA");
    }

    @Test
    void saysHowItEndedWhereTheReportCannotBeWritten() throws Exception {
        TestModule first = fixture.module("orders");
        StagedImage orders = fixture.stage(first);
        TestModule second = fixture.module("billing");
        StagedImage billing = fixture.stage(second);
        Files.delete(first.report("push.json"));
        Files.delete(first.module().reports());
        Files.writeString(first.module().reports(), "in the way");

        assertThatThrownBy(() -> fixture.publish(orders, billing))
                .hasMessageStartingWith("The report cannot be written; the delivery itself ended PUBLISHED\n  cause: ")
                .hasMessageContaining("to fix: make " + directory.resolve("orders/target/ecr") + " writable");

        assertThat(fixture.log.events).contains("published orders PUBLISHED", "published billing PUBLISHED");
        assertThat(second.report("digest")).exists();
    }

    @Test
    void namesTheProblemInTheFirstLine() {
        DeliveryException error = DeliveryException.ofUser("It is broken", "somebody broke it", "mend it");

        assertThat(error).hasMessage("It is broken\n  cause: somebody broke it\n  to fix: mend it");
        assertThat(error.problem()).isEqualTo("It is broken");
    }
}
