package io.github.imagedelivery.ecr.it;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A base image made on the spot, so that neither a registry nor Docker is needed: a runtime linked from the running
 * JDK, and the libraries that it loads. Linux only.
 *
 * @param manifest manifest of the image
 * @param blobs its config and its layers
 */
public record JdkBase(Manifest manifest, List<Blob> blobs) {
    private static final Pattern LIBRARY = Pattern.compile("(?:=>\\s*)?(/\\S+)\\s+\\(0x");

    private static final Json SETTINGS =
            Json.object().with("Env", Json.texts(List.of("PATH=/opt/java/bin", "JAVA_HOME=/opt/java")));

    /** Tells whether such a base can be made on this machine. */
    public static boolean isPossible() {
        return System.getProperty("os.name").equals("Linux")
                && Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "jlink"));
    }

    /** Makes the image, with its files below the directory. */
    public static JdkBase make(Path directory) throws Exception {
        Path runtime = directory.resolve("runtime");
        Path system = directory.resolve("system");
        Files.createDirectories(runtime.resolve("opt"));
        link(runtime.resolve("opt/java"));
        copyLibraries(runtime.resolve("opt/java"), system);
        Files.createDirectories(system.resolve("tmp"));
        Processes.run(Map.of(), "chmod", "1777", system.resolve("tmp").toString());
        Files.createDirectories(system.resolve("etc"));
        Files.writeString(system.resolve("etc/passwd"), "root:x:0:0::/:\nnonroot:x:65532:65532::/:\n");
        return image(
                List.of(
                        layer(system, directory.resolve("system.tar.gz")),
                        layer(runtime, directory.resolve("runtime.tar.gz"))),
                SETTINGS);
    }

    private static void link(Path target) throws Exception {
        boolean named = Runtime.version().feature() >= 21;
        Processes.run(
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                "java.se,jdk.unsupported,jdk.crypto.ec,jdk.zipfs",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                named ? "--compress=zip-6" : "--compress=2",
                "--output",
                target.toString());
    }

    private static void copyLibraries(Path java, Path system) throws Exception {
        TreeSet<String> libraries = new TreeSet<>();
        try (Stream<Path> files = Files.walk(java)) {
            for (Path file : files.filter(JdkBase::isLinked).toList()) {
                Matcher line = LIBRARY.matcher(
                        Processes.run(Map.of("LD_LIBRARY_PATH", java + "/lib/server"), "ldd", file.toString()));
                while (line.find()) {
                    libraries.add(line.group(1));
                }
            }
        }
        for (String library : libraries) {
            if (!library.startsWith(java.toString())) {
                Path copy = system.resolve(library.substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(Path.of(library).toRealPath(), copy);
            }
        }
    }

    private static boolean isLinked(Path file) {
        return file.toString().endsWith(".so") || file.endsWith("bin/java");
    }

    private record Layer(Descriptor descriptor, Digest diffId, Path file) implements Blob {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    private static Layer layer(Path root, Path file) throws Exception {
        Processes.run(
                Map.of("GZIP", "-n"),
                "tar",
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--mtime=@0",
                "-C",
                root.toString(),
                "-czf",
                file.toString(),
                ".");
        Descriptor descriptor =
                new Descriptor(MediaTypes.OCI_LAYER_GZIP, hash(Files.newInputStream(file)), Files.size(file));
        return new Layer(descriptor, hash(new GZIPInputStream(Files.newInputStream(file))), file);
    }

    private static Digest hash(InputStream content) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (DigestInputStream in = new DigestInputStream(content, sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(sha256);
    }

    /** Returns what the image runs on. */
    static String platform() {
        return "linux/" + architecture();
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    /**
     * Returns the image with a further layer, which is written beside its files, and a command of its own.
     *
     * @param root the directory that is the root directory of the layer
     */
    JdkBase with(Path root, String... command) throws Exception {
        Stream<Layer> below = blobs.stream().filter(Layer.class::isInstance).map(Layer.class::cast);
        Layer added = layer(root, root.resolveSibling(root.getFileName() + ".tar.gz"));
        return image(
                Stream.concat(below, Stream.of(added)).toList(),
                SETTINGS.with("Entrypoint", Json.texts(List.of(command))));
    }

    private static JdkBase image(List<Layer> layers, Json settings) throws Exception {
        byte[] config = Json.object()
                .with("architecture", Json.of(architecture()))
                .with("os", Json.of("linux"))
                .with("config", settings)
                .with(
                        "rootfs",
                        Json.object()
                                .with("type", Json.of("layers"))
                                .with(
                                        "diff_ids",
                                        Json.texts(layers.stream()
                                                .map(layer -> layer.diffId().toString())
                                                .toList())))
                .bytes();
        Descriptor descriptor = Descriptor.of(MediaTypes.OCI_CONFIG, config);
        byte[] manifest = Json.object()
                .with("schemaVersion", Json.of(2))
                .with("mediaType", Json.of(MediaTypes.OCI_MANIFEST))
                .with("config", descriptor.toJson())
                .with(
                        "layers",
                        Json.array(layers.stream()
                                .map(layer -> layer.descriptor().toJson())
                                .toList()))
                .bytes();
        return new JdkBase(
                Manifest.parse(manifest, MediaTypes.OCI_MANIFEST),
                Stream.concat(Stream.of(Blob.of(MediaTypes.OCI_CONFIG, config)), layers.stream())
                        .toList());
    }
}
