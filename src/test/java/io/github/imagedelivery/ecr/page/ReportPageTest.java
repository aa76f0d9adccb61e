package io.github.imagedelivery.ecr.page;

import static io.github.imagedelivery.ecr.page.SampleReports.HOSTILE;
import static io.github.imagedelivery.ecr.page.SampleReports.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    /** Written anew by {@code -Dgolden=write}. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden/report.html");

    /** Returns the page without its style, its script and their hashes, which have nothing to do with a report. */
    private static String normalized(String page) {
        return page.replaceAll("(?s)<style>.*?</style>", "<style></style>")
                .replaceAll("(?s)<script>.*?</script>", "<script></script>")
                .replaceAll("sha256-[A-Za-z0-9+/=]+", "sha256-*");
    }

    @Test
    void tellsAllAboutAnImage() throws Exception {
        String page = normalized(ReportPage.of(image(SampleReports.orders())));
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(GOLDEN, page);
        }

        assertThat(page).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void escapesWhateverTextAReportHas() throws Exception {
        for (String difference : List.of("", HOSTILE)) {
            String page = ReportPage.of(new ImageReport(hostile(SampleReports.orders()), difference));

            assertThat(page).containsOnlyOnce("<script>").doesNotContain("<img", "alert(1)</script>");
        }
    }

    /** Replaces every text in the report. */
    private static Json hostile(Json json) {
        if (json instanceof Json.Text) {
            return Json.of(HOSTILE);
        }
        if (json instanceof Json.Items items) {
            List<Json> hostile = new ArrayList<>();
            items.items().forEach(item -> hostile.add(hostile(item)));
            return Json.array(hostile);
        }
        Json hostile = json;
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            hostile = hostile.with(member.getKey(), hostile(member.getValue()));
        }
        return hostile;
    }

    @Test
    void loadsNothingAndAllowsNoScriptButItsOwn() throws Exception {
        String page = ReportPage.of(image(SampleReports.orders()));

        assertThat(page)
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-")
                .doesNotContain("unsafe", "<link", "<img", "src=", "style=", " onclick", "http://", "https://");
    }

    @Test
    void hidesWhatHasTheShapeOfASecret() throws Exception {
        Json report = SampleReports.refused("orders")
                .with(
                        "error",
                        Json.texts(List.of("cause: Authorization: Bearer abcdefghijklmnop", "AKIAABCDEFGHIJKLMNOP")));

        assertThat(ReportPage.of(image(report))).doesNotContain("abcdefghijklmnop", "AKIAABCDEFGHIJKLMNOP");
    }

    @Test
    void showsWhyNothingWasSent() {
        String page = ReportPage.of(new ImageReport(SampleReports.refused("orders"), "Layers\n  classes: 1 < 2\n"));

        assertThat(page)
                .contains("Refused", "<p>It is broken</p>", "<p>to fix: mend it</p>")
                .contains("<pre tabindex=\"0\">Layers\n  classes: 1 &lt; 2\n</pre>")
                .doesNotContain("<h2>Names</h2>", "<h2>Layers</h2>", "<h2>Timeline</h2>");
    }

    @Test
    void saysThatNothingIsKnownOfWhatWasPublishedBefore() throws Exception {
        Json report = SampleReports.orders()
                .without("previous")
                .with(
                        "tags",
                        Json.array(List.of(
                                Json.object().with("tag", Json.of("1.4.0")).with("change", Json.of("create")))));

        assertThat(ReportPage.of(image(report)))
                .contains("this run does not know what was published before", "mvn ecr:diff");
    }

    @Test
    void showsEachPlatformOfAnIndex() throws Exception {
        Json orders = SampleReports.orders();
        Json one = Json.object()
                .with("platform", Json.of("linux/amd64"))
                .with("digest", orders.get("digest"))
                .with("layers", orders.get("layers"))
                .with("config", orders.get("config"));
        Json previous = Json.object()
                .with("tag", Json.of("1.5-SNAPSHOT"))
                .with("digest", orders.get("imageId"))
                .with(
                        "platforms",
                        Json.array(List.of(Json.object()
                                .with("platform", Json.of("linux/arm64"))
                                .with("digest", orders.get("digest")))));
        Json report = orders.with(
                        "platforms",
                        Json.array(List.of(
                                one,
                                one.with("platform", Json.of("linux/arm64")).with("digest", orders.get("imageId")))))
                .with("previous", previous);

        assertThat(ReportPage.of(image(report)))
                .contains("<h3>linux/amd64</h3>", "<h3>linux/arm64</h3>", "118.1 MB</dd>")
                .contains("the same</td>", "another image</td>");
    }

    @Test
    void readsAnythingThatIsNoReport() throws Exception {
        for (String text :
                List.of("{}", "[]", "1", "{\"layers\": 1, \"timeline\": [], \"tags\": {}, \"error\": \"a\"}")) {
            assertThat(ReportPage.of(image(Json.parse(text)))).contains("Not finished");
        }
    }

    @Test
    void tellsOfAllImagesOfABuild() throws Exception {
        String page = ReportPage.ofAll(List.of(
                image(SampleReports.orders()),
                image(SampleReports.unchanged("billing")),
                image(SampleReports.refused("shipping"))));

        assertThat(page)
                .contains("<h1>3 images</h1>", "1 published", "1 already published", "1 refused")
                .contains("<a href=\"#image-1\">orders</a>", "<a href=\"#image-3\">shipping</a>")
                .contains("<article id=\"image-3\">", "<h2>shipping</h2>")
                .contains("<td>1.00 s</td>");
    }

    @Test
    void isThePageOfTheOnlyImageOfABuild() throws Exception {
        ImageReport orders = image(SampleReports.orders());

        assertThat(ReportPage.ofAll(List.of(orders))).isEqualTo(ReportPage.of(orders));
    }
}
