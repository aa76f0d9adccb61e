package io.github.imagedelivery.ecr.delivery;

import java.util.List;

/** What a push begins with: what is in the repository, besides an image that is nobody's business, and its tags. */
enum Start {
    FREE("free tags"),
    IMMUTABLE("free immutable tags"),
    MOVING("a version that moves"),
    SHARED("the image there under another name"),
    MORE_TAGS("with additional tags"),
    EARLIER("the image of the commit before, with a layer to take");

    /** What {@code {major}} makes: there already, at an image of others. */
    static final String MOVING_TAG = "1";
    /** What {@code {shortSha}} makes. */
    static final String ADDED_TAG = TestModule.SHA.substring(0, 7);

    final String title;

    Start(String title) {
        this.title = title;
    }

    /** Returns the templates of the additional tags. */
    String[] templates() {
        return this == MORE_TAGS ? new String[] {"{major}", "{shortSha}"} : new String[0];
    }

    /** Returns what the templates make. */
    List<String> additional() {
        return this == MORE_TAGS ? List.of(MOVING_TAG, ADDED_TAG) : List.of();
    }

    String version() {
        return this == MOVING ? "2-SNAPSHOT" : "1.4.0";
    }
}
