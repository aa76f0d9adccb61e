package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.page.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees of an embedded ECR, in Chromium. The pictures stay in {@code target/pictures} to be looked at. */
class IndexPageContractTest {
    private static final Path PICTURES = Path.of("target/pictures").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void isBrightByDayAndDarkByNight() throws Exception {
        Optional<Browser> browser = Browser.ifInstalled(directory);
        assumeTrue(browser.isPresent(), "chromium is not installed");
        Path page = page();

        assertThat(ground(browser.orElseThrow(), page, "ecr-day.png", false)).isEqualTo(0xfff5f6f8);
        assertThat(ground(browser.orElseThrow(), page, "ecr-night.png", true)).isEqualTo(0xff10141a);
    }

    /** Returns the page of a registry in which two repositories share a layer and a tag has moved, all of it shown. */
    private Path page() throws Exception {
        SampleImage image = SampleImage.of("a");
        SampleImage older = SampleImage.of("b");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("shop/orders", TagMutability.IMMUTABLE_WITH_EXCLUSION, "*-SNAPSHOT");
            ecr.createRepository("shop/billing");
            ecr.createRepository("shop/shipping");
            ecr.seed("shop/billing", "1.4.0", image.manifest(), image.blobs());
            ecr.seed("shop/orders", "1.5.0-SNAPSHOT", older.manifest(), older.blobs());
            ecr.seed("shop/orders", "1.5.0-SNAPSHOT", image.manifest(), image.blobs());
            String html = new Client(ecr).get(ecr.endpoint()).body();
            return Files.writeString(directory.resolve("ecr.html"), html.replace("<details>", "<details open>"));
        }
    }

    /** Returns the colour in the upper left corner: that the style was applied, and which. */
    private static int ground(Browser browser, Path page, String name, boolean night) throws Exception {
        Path picture = PICTURES.resolve(name);
        browser.screenshot(page, picture, 1100, 1400, night);
        return ImageIO.read(picture.toFile()).getRGB(2, 2);
    }
}
