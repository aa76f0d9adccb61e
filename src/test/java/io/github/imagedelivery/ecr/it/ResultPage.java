package io.github.imagedelivery.ecr.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the cases of a test ended, as a page to read. */
final class ResultPage {
    private final StringBuilder page = new StringBuilder();

    ResultPage(String title, String text) {
        page.append("# ").append(title).append("\n\n").append(text).append("\n\n");
    }

    ResultPage row(List<String> cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    ResultPage head(List<String> cells) {
        return row(cells).row(cells.stream().map(cell -> "---").toList());
    }

    /** Adds a table of how often each of the words occurs. */
    ResultPage counts(String title, List<String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        head(List.of(title, "cases"));
        counts.forEach((word, count) -> row(List.of(word, count.toString())));
        page.append('\n');
        return this;
    }

    /** Writes the page into the directory. */
    void write(String directory, String name) throws IOException {
        Files.createDirectories(Path.of(directory));
        Files.writeString(Path.of(directory, name), page);
    }
}
