package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imagedelivery.ecr.bench.Chart.Point;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {
    private static final Chart CHART = new Chart(
            "More files", "files", "seconds", Map.of("ours", List.of(new Point(10, 0.2), new Point(1_000, 7))));

    @Test
    void hasAnAxisOfWholePowersOfTen() {
        Axis axis = Axis.of("seconds", List.of(0.2, 3.0, 7.0));

        assertThat(axis.marks()).containsExactly(-1, 0, 1);
        assertThat(axis.place(0.1)).isZero();
        assertThat(axis.place(1)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.place(10)).isOne();
    }

    @Test
    void hasAnAxisOfOnePowerAtLeast() {
        assertThat(Axis.of("files", List.of(10.0)).marks()).containsExactly(1, 2);
    }

    @Test
    void drawsEachPointWhereItBelongs() throws Exception {
        Document svg = parsed(List.of(CHART));
        NodeList dots = svg.getElementsByTagName("circle");
        Element first = (Element) dots.item(0);
        Element last = (Element) dots.item(1);

        assertThat(dots.getLength()).isEqualTo(2);
        assertThat(number(first, "cx")).isLessThan(number(last, "cx"));
        assertThat(number(first, "cy")).isGreaterThan(number(last, "cy"));
        assertThat(first.getTextContent()).isEqualTo("10.00, 0.2000");
        assertThat(svg.getElementsByTagName("style").item(0).getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void putsChartsBelowEachOther() throws Exception {
        Document two = parsed(List.of(CHART, CHART));
        Document three = parsed(List.of(CHART, CHART, CHART));

        assertThat(number(three.getDocumentElement(), "height") - number(two.getDocumentElement(), "height"))
                .isEqualTo(Chart.HEIGHT);
        assertThat(three.getDocumentElement().getAttribute("width"))
                .isEqualTo(two.getDocumentElement().getAttribute("width"));
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static Document parsed(List<Chart> charts) throws Exception {
        String svg = new ChartSheet("Growth", "How it grows", Map.of("ours", "a push")).svg(charts);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
