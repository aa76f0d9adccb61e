package io.github.imagedelivery.ecr.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexPageTest {
    @Test
    void showsRepositoriesTagsDigestsAndLayers() throws Exception {
        SampleImage image = SampleImage.of("a");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("orders", TagMutability.IMMUTABLE_WITH_EXCLUSION, "latest*");
            ecr.seed("orders", "1.4.0", image.manifest(), image.blobs());
            ecr.seed("orders", SampleImage.index(image.manifest()), List.of());

            String page = new Client(ecr).get(ecr.endpoint()).body();

            assertThat(page)
                    .contains("<h2>orders <small>immutable tags, except latest*</small></h2>")
                    .contains("<span class=\"tag\">1.4.0</span>", "<span class=\"untagged\">untagged</span>")
                    .contains(image.digest().toString(), "1 layer</summary>", "1 platform</summary>")
                    .contains(image.layer().descriptor().digest().toString());
        }
    }

    @Test
    void saysWhichOtherRepositoriesHaveALayer() throws Exception {
        SampleImage image = SampleImage.of("a");
        SampleImage other = SampleImage.of("b");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("orders");
            ecr.createRepository("billing");
            ecr.createRepository("shipping");
            ecr.seed("orders", "1.4.0", image.manifest(), image.blobs());
            ecr.seed("billing", "1.4.0", image.manifest(), image.blobs());
            ecr.seed("shipping", "1.4.0", other.manifest(), other.blobs());

            assertThat(new Client(ecr).get(ecr.endpoint()).body())
                    .containsOnlyOnce("<small>also in billing</small>")
                    .containsOnlyOnce("<small>also in orders</small>")
                    .doesNotContain("also in shipping")
                    .contains("<dt>Layers in several repositories</dt><dd>1</dd>");
        }
    }

    @Test
    void showsWhatATagHasPointedAtNewestFirst() throws Exception {
        SampleImage image = SampleImage.of("a");
        SampleImage other = SampleImage.of("b");
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            ecr.createRepository("orders");
            ecr.seed("orders", "latest", image.manifest(), image.blobs());
            ecr.seed("orders", "latest", other.manifest(), other.blobs());

            String page = new Client(ecr).get(ecr.endpoint()).body();

            String history = page.substring(page.indexOf("History of tags: 2 changes"));
            assertThat(history)
                    .containsSubsequence(
                            other.digest().toString(), image.digest().toString());
        }
    }

    @Test
    void loadsAndRunsNothing() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().start()) {
            HttpResponse<String> response = new Client(ecr).get(ecr.endpoint());

            assertThat(Client.header(response, "Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
            assertThat(response.body()).doesNotContain("<script", "<link", "<img", "http://", "https://");
        }
    }

    @Test
    void escapesWhatComesFromOutside() throws Exception {
        try (LocalEcr ecr = LocalEcr.builder().region("<b>&\"'").start()) {
            assertThat(new Client(ecr).get(ecr.endpoint()).body())
                    .contains("&lt;b&gt;&amp;&quot;&#39;")
                    .doesNotContain("<b>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "9950, 10 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "7500000, 7.5 MB",
        "9223372036854775807, 9.2 EB"
    })
    void writesSizesShortly(long bytes, String text) {
        assertThat(IndexPage.size(bytes)).isEqualTo(text);
    }
}
