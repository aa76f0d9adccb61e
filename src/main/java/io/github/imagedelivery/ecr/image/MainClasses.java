package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.github.imagedelivery.ecr.oci.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Finds the classes that can be started. */
public final class MainClasses {
    private MainClasses() {}

    /**
     * Returns the names of all classes in the directory that have a {@code main} method which its Java release starts
     * (JLS 12.1.4), sorted; none, one or several.
     *
     * @throws ImageException if the directory cannot be packed, or holds classes of a Java release not known yet
     */
    public static List<String> in(Path classes) throws ImageException {
        List<Path> files = ClassesDirectory.files(classes);
        try {
            return MainClassFinder.find(files, event -> {}).getFoundMainClasses().stream()
                    .distinct()
                    .sorted()
                    .toList();
        } catch (UnsupportedOperationException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new ImageException(
                    "Cannot look for the main class in " + Texts.shown(classes.toString()),
                    Texts.shown(Objects.requireNonNullElse(cause.getMessage(), "")),
                    "name it with -Decr.mainClass=...");
        }
    }
}
