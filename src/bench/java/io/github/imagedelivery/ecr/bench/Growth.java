package io.github.imagedelivery.ecr.bench;

import io.github.imagedelivery.ecr.image.JavaApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What there may be more and more of. */
enum Growth {
    FILES("files of an application", 1, Load.FILES, "10 100 1000 10000"),
    LAYERS("layers of a base, 100 kB each", 1, Load.FILES, "1 10 30 100") {
        @Override
        List<JavaApplication> write(Path directory, long amount) throws IOException {
            try (OutputStream base = Files.newOutputStream(directory.resolve("base"))) {
                for (int i = 0; i < amount; i++) {
                    base.write(new byte[BASE_LAYER_BYTES]);
                }
            }
            return super.write(directory, 1);
        }

        @Override
        String base(RegistryHandle registry, long amount) throws IOException {
            return registry.makeBase(amount);
        }
    },
    MODULES("modules with a jar of 1 MB each", 1, Load.MODULES, "1 10 30 100"),
    BYTES("MB in one jar", 1_000_000, Load.LAYER_OF_BYTES, "10 100 500 2000");

    static final int BASE_LAYER_BYTES = 100_000;

    private final String title;
    private final long unit;
    private final Load load;
    private final String counts;

    Growth(String title, long unit, Load load, String counts) {
        this.title = title;
        this.unit = unit;
        this.load = load;
        this.counts = counts;
    }

    String title() {
        return title;
    }

    /** Returns the amounts that are measured. */
    List<Long> amounts() {
        return Stream.of(counts.split(" ", -1))
                .map(count -> Long.parseLong(count) * unit)
                .toList();
    }

    /** Returns the amount as the title counts it. */
    long counted(long amount) {
        return amount / unit;
    }

    /** Writes applications, and whatever else any client would have to read. */
    List<JavaApplication> write(Path directory, long amount) throws IOException {
        return load.write(directory, amount);
    }

    /** Returns the name of the base image. */
    String base(RegistryHandle registry, long amount) throws IOException {
        return "scratch";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
