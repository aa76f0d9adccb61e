package io.github.imagedelivery.ecr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * An application of a given size, the same in every run: its jars hold random bytes of a fixed seed, so that no further
 * compression helps, as with real jars.
 */
final class SampleApplication {
    private static final int CHUNK = 1 << 16;

    private final Path classes;
    private final List<Library> libraries;

    private SampleApplication(Path classes, List<Library> libraries) {
        this.classes = classes;
        this.libraries = libraries;
    }

    /** Writes the application below the directory: so many jars that have so many bytes together. */
    static SampleApplication write(Path directory, int jars, long bytes) throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        List<Library> libraries = new ArrayList<>();
        for (int i = 0; i < jars; i++) {
            Path jar = lib.resolve("library-" + i + ".jar");
            writeJar(jar, new Random(i), bytes / jars);
            libraries.add(new Library(jar, Origin.RELEASE));
        }
        SampleApplication application =
                new SampleApplication(Files.createDirectories(directory.resolve("classes")), libraries);
        application.change(0);
        return application;
    }

    /** Writes a jar of random bytes. */
    static void writeJar(Path jar, Random random, long bytes) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(1);
            out.putNextEntry(new JarEntry("content"));
            byte[] chunk = new byte[CHUNK];
            for (long left = bytes; left > 0; left -= chunk.length) {
                random.nextBytes(chunk);
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
    }

    /** Changes the one class that there is, as a commit does. */
    void change(int revision) throws IOException {
        Path file = classes.resolve("com/example/Main.class");
        Files.createDirectories(file.getParent());
        Files.write(file, ("revision " + revision).getBytes(UTF_8));
    }

    JavaApplication application() {
        return new JavaApplication(classes, libraries, "com.example.Main", 17);
    }
}
