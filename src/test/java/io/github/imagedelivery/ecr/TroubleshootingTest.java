package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.ErrorMessages.ErrorMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page "Troubleshooting" has every message that the sources can end with. {@code -Dfigures=write} puts them there. */
class TroubleshootingTest {
    private static final Path PAGE = Path.of("src/site/markdown/troubleshooting.md");

    @Test
    void hasEveryMessageOfTheSources() throws IOException {
        ErrorMessages messages = ErrorMessages.of(Path.of("src/main/java"));

        assertThat(messages.unread()).isEmpty();
        assertThat(messages.all()).hasSizeGreaterThan(150);
        PageFigures.check(PAGE, "messages", table(messages.all()), "write".equals(System.getProperty("figures")));
    }

    @Test
    void findsAMessageInWhateverFormItIsWritten(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("A.java"), """
                class A {
                    private static final String AGAIN = "run it again";
                    void a(String name, boolean both) {
                        String problem = "The " + name + " is " + (both ? "two" : "one");
                        throw DeliveryException.ofUser(problem, e, AGAIN);
                    }
                    void b() { throw new ImageException("No image", reason(), "make one"); }
                    void c() { throw new MojoExecutionException("Odd\\n  cause: it\\n  to fix: " + AGAIN); }
                    void d() { throw Explanations.of("Nothing was sent", e, target); }
                    void e() { throw DeliveryException.ofService(e.problem(), e, e.remedy()); }
                    void f() { throw DeliveryException.ofService(said(), e, "no"); }
                }
                """);

        ErrorMessages messages = ErrorMessages.of(directory);

        assertThat(messages.all())
                .containsExactly(
                        new ErrorMessage("No image", "...", "make one"),
                        new ErrorMessage("Nothing was sent", "...", "..."),
                        new ErrorMessage("Odd", "it", "run it again"),
                        new ErrorMessage("The ... is one", "...", "run it again"),
                        new ErrorMessage("The ... is two", "...", "run it again"));
        assertThat(messages.unread()).singleElement().asString().endsWith("A.java: said()");
    }

    private static List<String> table(List<ErrorMessage> messages) {
        List<String> rows = new ArrayList<>(List.of("| Message | Cause | To fix |", "| --- | --- | --- |"));
        for (ErrorMessage message : messages) {
            rows.add("| " + shown(message.problem()) + " | " + shown(message.cause(), "what was reported") + " | "
                    + shown(message.remedy(), "depends on the cause") + " |");
        }
        return rows;
    }

    private static String shown(String text, String otherwise) {
        return text.equals("...") ? "*" + otherwise + "*" : shown(text);
    }

    /** Escapes what Markdown reads as more than a text; two hyphens would become a dash. */
    private static String shown(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_|\\[\\]$])", "\\\\$1")
                .replace("--", "-\\-")
                .replaceAll("\\s+", " ");
    }
}
