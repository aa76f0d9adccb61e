package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures on the site's page "Reliability", and other lists that tests make: what stands there between {@code <!-- figures: name -->} and
 * {@code <!-- end of figures -->} is what the tests have measured or found. {@code -Dfigures=write} puts it there; without it, a
 * page that says something else fails the test. So no times belong there.
 */
public final class PageFigures {
    private static final Path PAGE = Path.of("src/site/markdown/reliability.md");

    private PageFigures() {}

    /** Fails unless the page says so, or makes it say so. */
    public static void check(String name, List<String> measured) throws IOException {
        check(PAGE, name, measured, "write".equals(System.getProperty("figures")));
    }

    static void check(Path file, String name, List<String> measured, boolean write) throws IOException {
        String page = Files.readString(file);
        Pattern block = Pattern.compile(
                "(?s)(<!-- figures: " + Pattern.quote(name) + " -->\n).*?(?=\n<!-- end of figures -->)");
        Matcher matcher = block.matcher(page);
        assertThat(matcher.find()).as("%s has a place for %s", file, name).isTrue();
        String figures = "\n" + String.join("\n", measured) + "\n";
        if (write) {
            Files.writeString(file, matcher.replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + figures)));
        } else {
            assertThat(matcher.group().substring(matcher.group(1).length()))
                    .as("%s of %s; to put right: -Dfigures=write", name, file)
                    .isEqualTo(figures);
        }
    }
}
