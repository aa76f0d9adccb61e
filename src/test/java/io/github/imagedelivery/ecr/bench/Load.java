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

/** What makes a delivery heavy. */
enum Load {
    /** One jar of so many bytes, which no compression makes smaller. */
    LAYER_OF_BYTES {
        @Override
        List<JavaApplication> write(Path directory, long amount) throws IOException {
            Path jar = Files.createDirectories(directory).resolve("large.jar");
            Random random = new Random(amount);
            byte[] chunk = new byte[1 << 20];
            try (OutputStream out = Files.newOutputStream(jar)) {
                for (long left = amount; left > 0; left -= chunk.length) {
                    random.nextBytes(chunk);
                    out.write(chunk, 0, (int) Math.min(left, chunk.length));
                }
            }
            Path classes = Files.createDirectories(directory.resolve("classes"));
            return List.of(application(classes, List.of(new Library(jar, Origin.RELEASE))));
        }
    },
    /** So many classes of a few bytes in many packages. */
    FILES {
        @Override
        List<JavaApplication> write(Path directory, long amount) throws IOException {
            Path classes = directory.resolve("classes");
            for (int i = 0; i < amount; i++) {
                Path folder = Files.createDirectories(classes.resolve("com/example/p" + i % 100));
                Files.write(folder.resolve("Class" + i + ".class"), ("class " + i).getBytes(UTF_8));
            }
            return List.of(application(classes, List.of()));
        }
    },
    /** So many modules, each with a jar of a million bytes of its own. */
    MODULES {
        @Override
        List<JavaApplication> write(Path directory, long amount) throws IOException {
            List<JavaApplication> modules = new ArrayList<>();
            for (int i = 0; i < amount; i++) {
                Path module = directory.resolve("module-" + i);
                modules.addAll(LAYER_OF_BYTES.write(module, 1_000_000 + i));
            }
            return modules;
        }
    };

    /** Writes the applications below the directory. */
    abstract List<JavaApplication> write(Path directory, long amount) throws IOException;

    private static JavaApplication application(Path classes, List<Library> libraries) {
        return new JavaApplication(classes, libraries, "com.example.Main", 17);
    }
}
