package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the classes that can be started. */
public final class MainClasses {
    private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;
    private static final int VERSION_OF_JAVA_0 = 44;
    private static final String SPRING_BOOT_APPLICATION =
            "Lorg/springframework/boot/autoconfigure/SpringBootApplication;";

    private MainClasses() {}

    /**
     * Returns the Java release that a class was compiled for (JVMS 4.1, {@code major_version}).
     *
     * @return empty if the class is not in the directory
     */
    public static OptionalInt javaRelease(Path classes, String name) {
        try (InputStream in = Files.newInputStream(classes.resolve(file(name)))) {
            return javaRelease(in);
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Returns the Java release that a class in a jar was compiled for.
     *
     * @return empty if the class is not in the jar, or the file is no jar
     */
    public static OptionalInt javaReleaseInJar(Path jar, String name) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(file(name));
            return entry == null ? OptionalInt.empty() : javaRelease(zip.getInputStream(entry));
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Returns the highest Java release that classes in the directory were compiled for; those for later releases beside
     * them (JEP 238) do not count.
     *
     * @return empty if there are no classes, or the directory cannot be read
     */
    public static OptionalInt newestRelease(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> classes.relativize(file).toString())
                    .filter(name -> !name.startsWith("META-INF"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .flatMapToInt(name -> javaRelease(classes, name).stream())
                    .max();
        } catch (IOException | UncheckedIOException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt javaRelease(InputStream classFile) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        if (in.readInt() != CLASS_FILE_MAGIC) {
            return OptionalInt.empty();
        }
        in.skipNBytes(2);
        return OptionalInt.of(in.readUnsignedShort() - VERSION_OF_JAVA_0);
    }

    private static String file(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** Tells whether a class in the directory is annotated with Spring Boot's {@code @SpringBootApplication}. */
    public static boolean isSpringBootApplication(Path classes, String name) {
        try {
            // One byte is one character: what is sought is a whole entry of the constant pool (JVMS 4.4.7).
            return new String(Files.readAllBytes(classes.resolve(file(name))), ISO_8859_1)
                    .contains("\u0001\0" + (char) SPRING_BOOT_APPLICATION.length() + SPRING_BOOT_APPLICATION);
        } catch (IOException e) {
            return false;
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
