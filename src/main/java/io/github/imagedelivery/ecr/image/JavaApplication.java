package io.github.imagedelivery.ecr.image;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java application as Maven leaves it in a module.
 *
 * @param classes directory of compiled classes and resources, {@code target/classes}
 * @param libraries the runtime class path without the module itself, in Maven's order
 * @param mainClass fully qualified name of the class to start
 * @param javaRelease the Java release that the application is compiled for, for example 17
 */
public record JavaApplication(Path classes, List<Library> libraries, String mainClass, int javaRelease) {
    /** Copies the list. */
    public JavaApplication {
        libraries = List.copyOf(libraries);
    }

    /**
     * A jar on the class path.
     *
     * @param jar the file
     * @param origin decides the layer, since layers that change together belong together
     */
    public record Library(Path jar, Origin origin) {}

    /** Where a library comes from, from the one that changes least to the one that changes most. */
    public enum Origin {
        /** A released dependency. */
        RELEASE,
        /** A dependency whose version ends in {@code -SNAPSHOT}. */
        SNAPSHOT,
        /** Another module of the same build. */
        PROJECT
    }
}
