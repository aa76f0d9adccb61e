package io.github.imagedelivery.ecr.bench;

import java.util.List;

/** Tables. */
final class Markdown {
    private Markdown() {}

    /** Returns the titles and the line below; the first columns hold texts, the others numbers. */
    static String head(int texts, List<String> titles) {
        return row(titles.toArray(String[]::new)) + "\n|" + " --- |".repeat(texts)
                + " --: |".repeat(titles.size() - texts);
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
