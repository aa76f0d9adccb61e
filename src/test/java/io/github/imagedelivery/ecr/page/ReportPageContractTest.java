package io.github.imagedelivery.ecr.page;

import static io.github.imagedelivery.ecr.page.SampleReports.image;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees of a page, in Chromium. The pictures stay in {@code target/pictures} to be looked at. */
class ReportPageContractTest {
    private static final Path PICTURES = Path.of("target/pictures").toAbsolutePath();

    @TempDir
    Path directory;

    private Browser browser;

    @BeforeEach
    void find() {
        browser = Browser.find(directory);
    }

    private Path page() throws Exception {
        return Files.writeString(directory.resolve("report.html"), ReportPage.of(image(SampleReports.orders())));
    }

    @Test
    void runsItsOwnScriptAndNoOther() throws Exception {
        String page = ReportPage.of(image(SampleReports.orders()));
        assertThat(page).contains("hidden=\"\">Copy</button>");
        Path file = Files.writeString(
                directory.resolve("report.html"),
                page.replace("<footer>", "<footer><script>document.title = 'foreign'</script>"));

        String dom = browser.dom(file);

        // Its own script has shown the buttons; the one that was put in did not run.
        assertThat(dom)
                .doesNotContain("hidden=\"\"")
                .contains("aria-label=\"Copy Digest\">Copy</button>")
                .contains("<title>orders: Published</title>");
    }

    @Test
    void isADocumentThatABrowserReadsAsItIsMeant() throws Exception {
        String dom = browser.dom(page());

        assertThat(count("<h1>", dom)).isEqualTo(1);
        assertThat(count("<h2>", dom)).isEqualTo(4);
        assertThat(count("<(?:header|main|footer)\\b", dom)).isEqualTo(3);
        assertThat(count("<table>", dom)).isEqualTo(count("<caption ", dom)).isEqualTo(5);
        assertThat(count("<tr[^>]*><th scope=\"row\">", dom)).isEqualTo(6 + 10 + 11 + 3 + 4);
        assertThat(dom).contains("<html lang=\"en\">", "href=\"#content\"", "<main id=\"content\">");
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void isBrightByDayAndDarkByNight() throws Exception {
        assertThat(ground("report-day.png", false)).isEqualTo(0xfff5f6f8);
        assertThat(ground("report-night.png", true)).isEqualTo(0xff10141a);
    }

    /** Returns the colour in the upper left corner: that the style was applied, and which. */
    private int ground(String name, boolean night) throws Exception {
        Path picture = PICTURES.resolve(name);
        browser.screenshot(page(), picture, 1100, 2200, night);
        BufferedImage image = ImageIO.read(picture.toFile());
        return image.getRGB(2, 2);
    }

    @Test
    void fitsANarrowWindowAndPaper() throws Exception {
        browser.screenshot(page(), PICTURES.resolve("report-narrow.png"), 500, 2600, false);
        Path paper = PICTURES.resolve("report.pdf");
        browser.print(page(), paper);

        assertThat(Files.readString(paper, ISO_8859_1)).startsWith("%PDF-");
    }

    @Test
    void showsAllServicesOfABuild() throws Exception {
        Path file = Files.writeString(
                directory.resolve("build.html"),
                ReportPage.ofAll(List.of(
                        image(SampleReports.orders()),
                        image(SampleReports.unchanged("billing")),
                        image(SampleReports.refused("shipping")))));
        browser.screenshot(file, PICTURES.resolve("build-night.png"), 1100, 2000, true);

        String dom = browser.dom(file);

        assertThat(count("<article id=\"image-[123]\">", dom)).isEqualTo(3);
        assertThat(dom).doesNotContain("hidden=\"\"");
    }
}
