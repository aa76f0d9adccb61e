package io.github.imagedelivery.ecr.page;

/** How a blob came to be in the repository, as a page shows it. */
enum Fate {
    /** It was there before. */
    REUSED("reused", "was in the repository"),
    /** The registry took it from another repository. */
    MOUNTED("mounted", "taken from another repository of the registry"),
    /** Its bytes were sent. */
    UPLOADED("uploaded", "sent"),
    /** The report does not say. */
    UNKNOWN("unknown", "not known");

    private final String word;
    private final String meaning;

    Fate(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** Returns the fate that a report calls so. */
    static Fate of(String word) {
        for (Fate fate : values()) {
            if (fate.word.equals(word)) {
                return fate;
            }
        }
        return UNKNOWN;
    }

    /** Returns what it is called, also in the style sheet. */
    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    /** Returns its word with a mark in its looks. */
    Html marked() {
        return Html.all(Figures.mark(word), Html.text(word));
    }
}
