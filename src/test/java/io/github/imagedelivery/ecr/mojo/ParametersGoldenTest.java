package io.github.imagedelivery.ecr.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The goals and parameters that users have written into their POMs are those of {@code golden/parameters.txt}: none is
 * renamed, taken away or given another default by accident. Where a change is meant, the file changes with it; the
 * message has the new lines.
 */
class ParametersGoldenTest {
    private final Document descriptor = read();

    @Test
    void goalsAndParametersAreThoseThatArePublished() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Element mojo : mojos()) {
            lines.add("goal %s, phase %s, since %s".formatted(text(mojo, "goal"), phase(mojo), text(mojo, "since")));
        }
        parameters().forEach((parameter, goals) -> lines.add(parameter + ": " + String.join(" ", goals)));

        assertThat(String.join("\n", lines) + "\n").isEqualTo(golden());
    }

    @Test
    void eachSaysSinceWhenAndWhatItIsFor() {
        assertThat(mojos().stream()
                        .flatMap(mojo -> Stream.concat(Stream.of(mojo), named(mojo, "parameter").stream()))
                        .filter(element -> !isOfMaven(element))
                        .filter(element -> text(element, "since").isEmpty()
                                || text(element, "description").isEmpty())
                        .map(element -> text(element, "name") + text(element, "goal")))
                .isEmpty();
    }

    /** Returns all goals but {@code help}, which Maven's own tools write. */
    private List<Element> mojos() {
        return named(descriptor.getDocumentElement(), "mojo").stream()
                .filter(mojo -> !text(mojo, "goal").equals("help"))
                .toList();
    }

    /** Returns what is said of each parameter, with the goals that have it. */
    private SortedMap<String, Set<String>> parameters() {
        SortedMap<String, Set<String>> goals = new TreeMap<>();
        for (Element mojo : mojos()) {
            Element values =
                    (Element) mojo.getElementsByTagName("configuration").item(0);
            for (Element parameter : named(mojo, "parameter")) {
                if (!isOfMaven(parameter)) {
                    goals.computeIfAbsent(line(parameter, values), any -> new TreeSet<>())
                            .add(text(mojo, "goal"));
                }
            }
        }
        return goals;
    }

    private static String line(Element parameter, Element values) {
        Element value =
                (Element) values.getElementsByTagName(text(parameter, "name")).item(0);
        String property = value == null ? "" : value.getTextContent().replaceAll("[${}]", "");
        String byDefault = value == null ? "" : value.getAttribute("default-value");
        String type = text(parameter, "type").replaceAll(".*\\.", "");
        return "%s, %s, property %s, default %s, since %s%s"
                .formatted(
                        text(parameter, "name"),
                        type,
                        property.isEmpty() ? "none" : property,
                        byDefault.isEmpty() ? "none" : byDefault,
                        text(parameter, "since"),
                        text(parameter, "required").equals("true") ? ", required" : "");
    }

    private static String phase(Element mojo) {
        String phase = text(mojo, "phase");
        return phase.isEmpty() ? "none" : phase;
    }

    /** Tells whether Maven sets it, and no user can. */
    private static boolean isOfMaven(Element element) {
        return text(element, "editable").equals("false");
    }

    private static List<Element> named(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** Returns the text of a child; empty where there is none. */
    private static String text(Element parent, String name) {
        for (Element child : named(parent, name)) {
            if (child.getParentNode().equals(parent)) {
                return child.getTextContent();
            }
        }
        return "";
    }

    private static Document read() {
        try (InputStream in = resource("/META-INF/maven/plugin.xml")) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        } catch (Exception e) {
            throw new AssertionError("the plugin descriptor cannot be read", e);
        }
    }

    private static String golden() throws IOException {
        try (InputStream in = resource("/golden/parameters.txt")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ParametersGoldenTest.class.getResourceAsStream(name), name);
    }
}
