package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.image.BuiltImage.Layer;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An image of fixed content in which a writer of archives finds all that it can do in several ways: a layer of each
 * origin, long and strange names, empty and large files. No compiler has a part in it, so any JVM makes the same.
 */
final class GoldenImage {
    private GoldenImage() {}

    /** Takes a cache and a directory, makes the image there, and prints what it consists of. */
    public static void main(String[] arguments) throws Exception {
        System.out.print(described(Path.of(arguments[0]), Path.of(arguments[1])));
    }

    /** Writes what is spread as a compressed file is, between parts that are not. */
    private static Path packed(Path jar) throws IOException {
        byte[] content = new byte[150_000];
        new Random(7).nextBytes(content);
        Arrays.fill(content, 50_000, 60_000, (byte) 'a');
        return Files.write(jar, content);
    }

    static TestApplication application(Path directory) throws IOException {
        String numbers = IntStream.range(0, 40_000).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        return TestApplication.emptyIn(directory)
                .file("demo/Main.class", "class")
                .file("demo/Gr\u00f6\u00dfe.class", "class")
                .file("demo/" + "package/".repeat(12) + "LongName.class", "class")
                .file("demo/" + "deep/".repeat(60) + "VeryLongName".repeat(9) + ".class", "class")
                .file("application.properties", "server.port=8080\nname=\u00e4\n")
                .file("numbers.txt", numbers)
                .file("empty.txt", "")
                .file("with space and \"quotes\".txt", "text")
                .library("shared-1.0.jar", Origin.SHARED, "shared " + numbers)
                .library("web-1.0.jar", Origin.RELEASE, "web")
                .library(packed(directory.resolveSibling("packed-1.0.jar")), Origin.RELEASE)
                .library("core-2.0-SNAPSHOT.jar", Origin.SNAPSHOT, "core")
                .library("model-1.jar", Origin.PROJECT, "model");
    }

    /** Makes the image; returns a line for each layer: name, diff id, digest and size. */
    static List<String> lines(Path cache, Path directory, Compression compression)
            throws ImageException, IOException, FormatException {
        ImagePlan plan = application(directory).plan().with(compression);
        try (BuiltImage image = TestImages.builder(cache).build(plan, BaseImage.scratch(Platform.LINUX_AMD64))) {
            List<Json> diffIds =
                    TestImages.config(image).get("rootfs").get("diff_ids").items();
            List<String> lines = new ArrayList<>();
            for (Layer layer : image.layers()) {
                Blob blob = layer.blob();
                lines.add(String.join(
                        " ",
                        layer.name(),
                        diffIds.get(lines.size()).text().orElse(""),
                        blob.descriptor().digest().toString(),
                        Long.toString(blob.descriptor().size())));
            }
            lines.add("image " + image.manifest().digest());
            return lines;
        }
    }

    /** Returns what the image consists of and, a line each, the digests of configs. */
    static String described(Path cache, Path directory) throws ImageException, IOException, FormatException {
        List<String> lines = new ArrayList<>(lines(cache, directory, Compression.GZIP));
        Application application = application(directory).application();
        for (int entries : new int[] {3, 6, 12, 24}) {
            lines.add("config " + Digest.of(config(application, entries).bytes()));
        }
        return String.join("\n", lines);
    }

    /** The hash tables of one JDK are larger than those of another where they have 3, 6, 12 or 24 entries. */
    private static Json config(Application application, int entries) throws ImageException, IOException {
        Map<String, String> named = IntStream.range(0, entries)
                .boxed()
                .collect(Collectors.toMap(i -> "org.example.name-" + i * i, i -> "v" + i));
        List<String> variables =
                named.keySet().stream().sorted().map(name -> name + "=1").toList();
        Json base = Json.object()
                .with("config", Json.object().with("Env", Json.texts(variables)).with("Labels", Json.object()));
        ImagePlan plan = new ImagePlan(application, ContainerSettings.DEFAULT, named, Instant.EPOCH);
        return new ConfigWriter(base, plan, application.contents(), "1").config(List.of());
    }

    /** Returns what tells one zlib from another: how the JVM's compresses a fixed text. */
    static String zlib() throws IOException {
        String numbers = IntStream.range(0, 40_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return "zlib " + Digest.of(TestBase.gzip(numbers.getBytes(StandardCharsets.UTF_8)));
    }
}
