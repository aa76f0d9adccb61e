package io.github.imagedelivery.ecr.bench;

import java.util.Locale;

/** How large an application is, and of how many modules. */
enum Shape {
    /** A tool. */
    SMALL(2, 400_000),
    /** A service on a framework, with a database and a cloud. */
    MEDIUM(122, 65_000_000),
    /** More than one wants. */
    LARGE(145, 240_000_000);

    private final int jars;
    private final long bytes;

    Shape(int jars, long bytes) {
        this.jars = jars;
        this.bytes = bytes;
    }

    int jars() {
        return jars;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
