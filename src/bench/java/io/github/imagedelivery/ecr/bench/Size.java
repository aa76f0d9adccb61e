package io.github.imagedelivery.ecr.bench;

import java.util.List;
import java.util.Locale;

/** How large the application is. */
enum Size {
    /** A tool. */
    SMALL(2, 1_000_000),
    /** A service on a framework. */
    MEDIUM(60, 40_000_000),
    /** More than one wants: what it takes to stage it. */
    LARGE(100, 150_000_000);

    private final int jars;
    private final long bytes;

    Size(int jars, long bytes) {
        this.jars = jars;
        this.bytes = bytes;
    }

    int jars() {
        return jars;
    }

    long bytes() {
        return bytes;
    }

    /** Returns what is measured; of the large one, staging alone. */
    List<Scenario> scenarios() {
        return this == LARGE ? List.of(Scenario.FIRST_PUSH_MOUNTED) : List.of(Scenario.values());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
