package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the drawings of the site: a browser shows one that is not well-formed as a broken image, and says nothing. */
class SitePicturesTest {
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final String SVG = "http://www.w3.org/2000/svg";

    @ParameterizedTest
    @MethodSource("pictures")
    void isWellFormedAndSaysWhatItShows(Path picture) throws Exception {
        Element svg = parsed(picture);

        assertThat(svg.getNamespaceURI()).isEqualTo(SVG);
        assertThat(svg.getLocalName()).isEqualTo("svg");
        assertThat(svg.getAttribute("viewBox")).matches("0 0 [0-9]+ [0-9]+");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(text(svg, "title")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void hasColoursForDayAndNight(Path picture) throws Exception {
        String style = text(parsed(picture), "style");

        String day = style.substring(0, style.indexOf("@media"));
        String night = style.substring(day.length());
        assertThat(night).startsWith("@media (prefers-color-scheme: dark) {");
        for (String part : List.of(".page { fill: #", "text { fill: #")) {
            assertThat(day).contains(part);
            assertThat(night).contains(part);
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void loadsNothing(Path picture) throws Exception {
        assertThat(Files.readString(picture).replace("xmlns=\"" + SVG + "\"", ""))
                .doesNotContain("//", "href", "@import", "<script", "<image");
    }

    @Test
    void isShownOnAPageWithWordsInItsPlace() throws IOException {
        StringBuilder pages = new StringBuilder();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path page : files.filter(Files::isRegularFile).toList()) {
                pages.append(Files.readString(page));
            }
        }

        assertThat(pictures())
                .isNotEmpty()
                .allSatisfy(picture ->
                        assertThat(pages).containsPattern("!\\[[^]]{10,}]\\(images/" + picture.getFileName() + "\\)"));
    }

    private static List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/site"))) {
            return files.filter(file -> file.toString().endsWith(".svg"))
                    .sorted()
                    .toList();
        }
    }

    private static Element parsed(Path picture) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(picture.toFile()).getDocumentElement();
    }

    private static String text(Element svg, String name) {
        NodeList found = svg.getElementsByTagNameNS(SVG, name);
        assertThat(found.getLength()).as("number of <%s>", name).isPositive();
        assertThat(found.item(0).getParentNode())
                .as("what the first <%s> is of", name)
                .isSameAs(svg);
        return found.item(0).getTextContent();
    }
}
