package io.github.imagedelivery.ecr.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlTest {
    private static final String HOSTILE = "</td><script>alert(\"1\" & '2')</script>";
    private static final String HARMLESS =
            "&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;";

    @Test
    void escapesTexts() {
        assertThat(Html.of("td", HOSTILE)).hasToString("<td>" + HARMLESS + "</td>");
        assertThat(Html.text(HOSTILE)).hasToString(HARMLESS);
    }

    @Test
    void escapesAttributes() {
        assertThat(Html.of("td").with("title", HOSTILE)).hasToString("<td title=\"" + HARMLESS + "\"></td>");
    }

    @Test
    void escapesNothingTwice() {
        Html cell = Html.of("td", Html.of("code", "a < b"));

        assertThat(Html.of("tr", cell, Html.text("&"))).hasToString("<tr><td><code>a &lt; b</code></td>&amp;</tr>\n");
    }

    @Test
    void refusesAnAttributeThatIsThere() {
        Html cell = Html.of("td").in("number");

        assertThatThrownBy(() -> cell.in("wide"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("class is there already");
    }

    @Test
    void refusesAnAttributeOfNoElement() {
        assertThatThrownBy(() -> Html.text("a").in("wide")).isInstanceOf(IllegalStateException.class);
    }
}
