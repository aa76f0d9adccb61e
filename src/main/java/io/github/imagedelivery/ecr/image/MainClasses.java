package io.github.imagedelivery.ecr.image;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** Finds the classes that can be started. */
public final class MainClasses {
    private MainClasses() {}

    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int VERSION_OF_JAVA_0 = 44;

    /**
     * Returns the Java release that a class was compiled for (JVMS 4.1, {@code major_version}).
     *
     * @return empty if the class is not in the directory
     */
    public static OptionalInt javaRelease(Path classes, String name) {
        Path file = classes.resolve(name.replace('.', '/') + ".class");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            if (in.readInt() != CLASS_FILE_MAGIC) {
                return OptionalInt.empty();
            }
            in.skipNBytes(2);
            return OptionalInt.of(in.readUnsignedShort() - VERSION_OF_JAVA_0);
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

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
