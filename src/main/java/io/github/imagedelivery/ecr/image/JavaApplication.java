package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A Java application as Maven leaves it in a module.
 *
 * @param classes directory of compiled classes and resources, {@code target/classes}
 * @param libraries the runtime class path without the module itself, in Maven's order
 * @param mainClass fully qualified name of the class to start
 * @param javaRelease the Java release that the application is compiled for, for example 17
 * @param placement where it lies in the image
 */
public record JavaApplication(
        Path classes, List<Library> libraries, String mainClass, int javaRelease, Placement placement)
        implements Application {
    private static final Pattern CLASS_NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    /** Copies the list. */
    public JavaApplication {
        libraries = List.copyOf(libraries);
    }

    /** Creates an application that lies where nothing else is configured. */
    public JavaApplication(Path classes, List<Library> libraries, String mainClass, int javaRelease) {
        this(classes, libraries, mainClass, javaRelease, Placement.DEFAULT);
    }

    /** Returns the same application at another place. */
    public JavaApplication at(Placement elsewhere) {
        return new JavaApplication(classes, libraries, mainClass, javaRelease, elsewhere);
    }

    @Override
    public Contents contents() throws ImageException, IOException {
        ClassPathLayers layers = ClassPathLayers.of(this);
        return new Contents(layers.layers(), layers.launch());
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(placement.problems());
        if (!CLASS_NAME.matcher(mainClass).matches()) {
            problems.add("main class \"" + Texts.shown(mainClass) + "\" is not the name of a class");
        }
        return problems;
    }

    @Override
    public OptionalInt requiredJava() {
        return OptionalInt.of(javaRelease);
    }

    /**
     * A jar on the class path.
     *
     * @param name what the file is called in the image, unless another one has the same name
     * @param jar the file
     * @param origin decides the layer, since what changes together belongs together
     */
    public record Library(String name, Path jar, Origin origin) {
        /** Creates a library that keeps the name of its file. */
        public Library(Path jar, Origin origin) {
            this(String.valueOf(jar.getFileName()), jar, origin);
        }
    }

    /** Where a library comes from, from the one that changes least to the one that changes most. */
    public enum Origin {
        /** What all services of a fleet have: for all of them the same, so that their images share the layer. */
        SHARED,
        /** A released dependency. */
        RELEASE,
        /** A dependency whose version ends in {@code -SNAPSHOT}. */
        SNAPSHOT,
        /** Another module of the same build. */
        PROJECT
    }
}
