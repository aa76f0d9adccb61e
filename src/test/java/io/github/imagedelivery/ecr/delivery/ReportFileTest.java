package io.github.imagedelivery.ecr.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that lies beside each {@code push.json}, and what is in that for its sake. */
class ReportFileTest {
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

    private static String page(TestModule module) throws Exception {
        return Files.readString(module.report("report.html"));
    }

    private static Json report(TestModule module) throws Exception {
        return Json.parse(Files.readAllBytes(module.report("push.json")));
    }

    private static List<String> texts(Json array, String member) {
        return array.items().stream()
                .map(item -> item.get(member).text().orElse(""))
                .toList();
    }

    @Test
    void isThereOnceAnImageIsPublished() throws Exception {
        TestModule module = fixture.orders();

        StagedImage image = fixture.deliver(module).image();

        assertThat(page(module))
                .contains("Published", image.uri() + ":1.4.0", image.digest().toString());
    }

    @Test
    void isThereOnceAnImageIsRefusedWithWhatDiffers() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);
        TestModule changed = module.label("team", "red");

        assertThatThrownBy(() -> fixture.stage(changed)).isInstanceOf(DeliveryException.class);

        assertThat(page(changed)).contains("Refused", "points at another image already", "label team: ");
    }

    @Test
    void isThereOnceAnImageHasFailed() throws Exception {
        TestModule module = fixture.orders();
        fixture.ecr
                .faults()
                .inject(
                        Occasion.of("ecr:PutImage").about("orders:1.4.0"),
                        Behaviour.answer(400, "LimitExceededException", "too <b>many</b>"));

        fixture.deliver(module);

        assertThat(page(module))
                .contains("Every tag is as it was before.", "too &lt;b&gt;many")
                .doesNotContain("<b>");
    }

    @Test
    void isRemovedWhereTheNextRunBegins() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);

        fixture.stage(module.version("1.5.0"));

        assertThat(module.report("report.html")).doesNotExist();
    }

    @Test
    void tellsWhenEachPhaseAndEachBlobThatWasBroughtBegan() throws Exception {
        TestModule module = fixture.orders();

        fixture.deliver(module);

        Json report = report(module);
        assertThat(texts(report.get("timeline").get("phases"), "phase"))
                .containsExactly("resolve", "preflight", "base", "build", "stage", "publish");
        Set<String> brought = report.get("layers").items().stream()
                .filter(layer -> !layer.get("fate").text().orElse("").equals("reused"))
                .map(layer -> layer.get("digest").text().orElse(""))
                .collect(Collectors.toSet());
        brought.add(report.get("config").get("digest").text().orElseThrow());
        assertThat(texts(report.get("timeline").get("blobs"), "digest")).containsExactlyInAnyOrderElementsOf(brought);
    }

    @Test
    void keepsTheTimelineOfAnImageThatIsPublishedByAnotherBuild() throws Exception {
        TestModule module = fixture.orders();
        fixture.delivery.note(fixture.stage(module));
        String started = report(module).get("timeline").get("started").text().orElseThrow();

        fixture.newSession();
        fixture.publish(fixture.delivery.reconsider(module.module().reports(), Exchange.Listener.NONE));

        Json timeline = report(module).get("timeline");
        assertThat(timeline.get("started").text()).hasValue(started);
        assertThat(texts(timeline.get("phases"), "phase")).startsWith("resolve").endsWith("publish");
        assertThat(timeline.get("blobs").items()).isNotEmpty();
    }

    @Test
    void tellsWhatAMovingVersionPointedAtBefore() throws Exception {
        TestModule first = fixture.orders().version("1.5.0-SNAPSHOT");
        Manifest before = fixture.published(first);
        String commit = "89abcdef0123456789abcdef0123456789abcdef";
        TestModule second = first.sha(commit).label("team", "red");

        fixture.deliver(second);

        Json report = report(second);
        assertThat(texts(report.get("tags"), "tag")).containsExactly(commit, "1.5.0-SNAPSHOT");
        assertThat(texts(report.get("tags"), "change")).containsExactly("create", "move");
        assertThat(report.get("previous").get("digest").text())
                .hasValue(before.digest().toString());
        assertThat(report.get("previous").get("layers").items()).hasSameSizeAs(before.layers());
        assertThat(page(second)).contains("Compared with ", before.digest().toString());
    }

    @Test
    void asksForNothingMoreForIt() throws Exception {
        TestModule module = fixture.orders();
        fixture.deliver(module);
        fixture.ecr.clearRequests();

        fixture.deliver(module);

        assertThat(fixture.requests()).hasSize(1);
        assertThat(report(module).get("previous").isMissing()).isTrue();
        assertThat(page(module)).contains("nothing in it has changed");
    }
}
