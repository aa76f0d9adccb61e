package io.github.imagedelivery.ecr.delivery;

/** What is in the repository before the push, besides an image that is nobody's business. */
enum Start {
    FREE("free tags"),
    IMMUTABLE("free immutable tags"),
    MOVING("a version that moves"),
    SHARED("the image there under another name");

    final String title;

    Start(String title) {
        this.title = title;
    }

    String version() {
        return this == MOVING ? "2-SNAPSHOT" : "1.4.0";
    }
}
