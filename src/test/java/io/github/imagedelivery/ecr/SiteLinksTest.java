package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the documents' relative links. An anchor must be written out ({@code <a id="name"></a>}), since GitHub and the
 * site name headings differently.
 */
class SiteLinksTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path PAGES = ROOT.resolve("src/site/markdown");

    /** What the plugin report generates. */
    private static final Pattern GENERATED =
            Pattern.compile("plugin-info\\.html|(?:push|stage|publish|lock|diff|report|local|help)-mojo\\.html");

    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern MENU = Pattern.compile("href=\"([^\"]+)\"");

    @Test
    void everyRelativeLinkOfTheDocumentsLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            broken.addAll(brokenLinks(document));
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void everyEntryOfTheMenuIsAPage() throws IOException {
        String menu = Files.readString(ROOT.resolve("src/site/site.xml"));

        assertThat(all(MENU, menu)).isNotEmpty().allMatch(SiteLinksTest::isPage);
    }

    @Test
    void everyPageIsInTheMenu() throws IOException {
        String menu = Files.readString(ROOT.resolve("src/site/site.xml"));

        assertThat(pages().map(page -> page.getFileName().toString().replace(".md", ".html")))
                .isNotEmpty()
                .allMatch(page -> all(MENU, menu).contains(page));
    }

    @Test
    void findsALinkToAFileThatIsNotThere(@TempDir Path directory) throws IOException {
        Path page = Files.writeString(directory.resolve("a.md"), "[b](b.md) and [c](https://example.com/c.md)");

        assertThat(brokenLinks(page)).containsExactly("a.md: b.md");
    }

    @Test
    void findsAnAnchorThatIsNotWrittenOut(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("b.md"), "<a id=\"there\"></a>\n\n## Not there\n");
        Path page = Files.writeString(directory.resolve("a.md"), "[b](b.md#there), [b](b.md#not-there), [a](#here)");

        assertThat(brokenLinks(page)).containsExactly("a.md: b.md#not-there", "a.md: #here");
    }

    @Test
    void overlooksWhatIsCode(@TempDir Path directory) throws IOException {
        Path page = Files.writeString(directory.resolve("a.md"), "`[b](b.md)`\n```\n[c](c.md)\n```\n");

        assertThat(brokenLinks(page)).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        Stream<Path> others = Stream.of("README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md")
                .map(ROOT::resolve);
        return Stream.concat(others, pages()).toList();
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static boolean isPage(String html) {
        return GENERATED.matcher(html).matches() || Files.exists(PAGES.resolve(html.replace(".html", ".md")));
    }

    private static List<String> brokenLinks(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : all(LINK, withoutCode(document))) {
            boolean foreign = link.contains("://") || link.startsWith("mailto:");
            if (!foreign && !GENERATED.matcher(link).matches() && !leadsSomewhere(document, link)) {
                broken.add(document.getFileName() + ": " + link);
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file);
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || withoutCode(target).contains("<a id=\"" + link.substring(hash + 1) + "\"></a>");
    }

    private static String withoutCode(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
