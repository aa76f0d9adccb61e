package io.github.imagedelivery.ecr.it;

import io.github.imagedelivery.ecr.PageFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How the cases of a test ended, as a table to read. */
final class ResultPage {
    private final List<String> lines = new ArrayList<>();

    private ResultPage() {}

    /** Begins a table. */
    static ResultPage of(String... columns) {
        ResultPage page = new ResultPage();
        page.row(List.of(columns));
        page.row(Stream.of(columns).map(column -> "---").toList());
        return page;
    }

    void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** Writes the table into a file of the directory. */
    void write(String directory, String name, String title) throws IOException {
        String page = "# " + title + "\n\n" + String.join("\n", lines) + "\n";
        Files.createDirectories(Path.of(directory));
        Files.writeString(Path.of(directory, name), page);
    }

    /** Holds the table against the site's page. */
    void check(String figures) throws IOException {
        PageFigures.check(figures, lines);
    }
}
