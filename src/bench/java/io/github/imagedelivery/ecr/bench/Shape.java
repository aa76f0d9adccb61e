package io.github.imagedelivery.ecr.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How large an application is, and of how many modules. */
enum Shape {
    /** A tool. */
    SMALL(2, 400_000, 0),
    /** A service on a framework, with a database and a cloud. */
    MEDIUM(122, 65_000_000, 0),
    /** More than one wants. */
    LARGE(145, 240_000_000, 0),
    /** A parent POM, and services that have all libraries in common. */
    REACTOR(83, 32_000_000, 8);

    private final int jars;
    private final long bytes;
    private final int services;

    Shape(int jars, long bytes, int services) {
        this.jars = jars;
        this.bytes = bytes;
        this.services = services;
    }

    int jars() {
        return jars;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the names of the modules below the parent POM; none of a project that is a single one. */
    List<String> services() {
        return IntStream.rangeClosed(1, services).mapToObj(i -> "service-" + i).toList();
    }

    /** Returns the repositories that the images go to, all below one name. */
    List<String> repositories(String name) {
        return services == 0
                ? List.of(name)
                : services().stream().map(service -> name + "/" + service).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
