package io.github.imagedelivery.ecr.bench;

import com.github.luben.zstd.ZstdInputStream;
import io.github.imagedelivery.ecr.image.BaseImage;
import io.github.imagedelivery.ecr.image.BuiltImage;
import io.github.imagedelivery.ecr.image.Compression;
import io.github.imagedelivery.ecr.image.ContainerSettings;
import io.github.imagedelivery.ecr.image.ImageBuilder;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.ImagePlan;
import io.github.imagedelivery.ecr.image.JavaApplication;
import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Measures what each compression costs and saves for the jars of this build's own class path. */
final class Compressions {
    private static final int WARM_UPS = 2;

    private final Path directory;
    private final int runs;

    private Compressions(Path directory, int runs) {
        this.directory = directory;
        this.runs = runs;
    }

    /** Takes the directory to work in, and how often each compression is to be measured. */
    public static void main(String[] arguments) throws Exception {
        new Compressions(Files.createDirectories(Path.of(arguments[0])), Integer.parseInt(arguments[1])).print();
        System.exit(0);
    }

    private void print() throws Exception {
        List<Library> jars = jars();
        long bytes = 0;
        for (Library jar : jars) {
            bytes += Files.size(jar.jar());
        }
        System.out.println(jars.size() + " jars, " + bytes / 1000 + " kB, " + runs + " runs\n");
        System.out.println("| compression | layer kB | build CPU ms | build CPU ms, Jib's cache empty | inflate CPU ms |");
        System.out.println("| --- | --: | --: | --: | --: |");
        Path none = Files.createDirectories(directory.resolve("none"));
        JavaApplication application = new JavaApplication(none, jars, "com.example.Main", 17);
        Map<String, Compression> compressions = new LinkedHashMap<>();
        compressions.put("gzip", Compression.GZIP);
        for (int level : new int[] {1, 3, 9, 19, 22}) {
            compressions.put("zstd " + level, Compression.zstd(level));
        }
        for (Map.Entry<String, Compression> compression : compressions.entrySet()) {
            System.out.println(row(compression.getKey(), application, compression.getValue()));
        }
    }

    private static List<Library> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> element.endsWith(".jar"))
                .sorted()
                .map(element -> new Library(Path.of(element), Origin.RELEASE))
                .toList();
    }

    private String row(String name, JavaApplication application, Compression compression) throws Exception {
        ImagePlan plan =
                new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH).with(compression);
        ImageBuilder warm = ImageBuilder.jib(directory.resolve("cache"), "1");
        List<Long> cached = new ArrayList<>();
        List<Long> fresh = new ArrayList<>();
        List<Long> inflated = new ArrayList<>();
        long size = 0;
        for (int i = -WARM_UPS; i < runs; i++) {
            ImageBuilder cold = ImageBuilder.jib(Files.createTempDirectory(directory, "cache"), "1");
            fresh.add(cpu(() -> build(cold, plan).close()));
            long before = cpu();
            try (BuiltImage image = build(warm, plan)) {
                cached.add(cpu() - before);
                BuiltImage.Layer layer = image.layers().get(0);
                size = layer.blob().descriptor().size();
                inflated.add(cpu(() -> inflate(layer, compression)));
            }
        }
        return String.format("| %s | %d | %s | %s | %s |", name, size / 1000, median(cached), median(fresh), median(inflated));
    }

    private static BuiltImage build(ImageBuilder builder, ImagePlan plan) throws ImageException {
        return builder.build(plan, BaseImage.scratch(Platform.LINUX_AMD64));
    }

    private static void inflate(BuiltImage.Layer layer, Compression compression) throws IOException {
        try (InputStream raw = layer.blob().open();
                InputStream in = compression.format() == Compression.Format.GZIP
                        ? new GZIPInputStream(raw, 1 << 16)
                        : new ZstdInputStream(raw)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static long cpu(Step step) throws Exception {
        long before = cpu();
        step.run();
        return cpu() - before;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1_000_000;
    }

    private static long median(List<Long> all) {
        List<Long> sorted = all.subList(WARM_UPS, all.size()).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
