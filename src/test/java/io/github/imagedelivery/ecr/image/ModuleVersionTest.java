package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.PlacedFile.Bytes;
import io.github.imagedelivery.ecr.image.PlacedFile.OnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleVersionTest {
    private static final String DESCRIPTOR = "META-INF/maven/com.example/orders/pom.properties";
    private static final Placement PLACE = Placement.DEFAULT;

    @TempDir
    Path directory;

    /** Writes the jar that Maven would make of a version: always at the same time, as project.build.outputTimestamp says. */
    private Path jar(String version, String... others) throws IOException {
        Path jar = directory.resolve("orders-" + version + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/MANIFEST.MF", """
                    Manifest-Version: 1.0\r
                    Created-By: Maven\r
                    Implementation-Title: orders\r
                    Implementation-Version: %s-and-so-long-that-it-is-continued-on-the-n\r
                     ext-line\r
                    Main-Class: a.B\r
                    Spring-Boot-Layers-Index: layers.idx\r
                    Specification-Version: %1$s\r
                    \r
                    """.formatted(version));
            add(zip, DESCRIPTOR, "version=" + version);
            add(zip, "a/B.class", "class");
            add(
                    zip,
                    "layers.idx",
                    "- \"application\":\n  - \"META-INF/\"\n  - \"a/\"\n  - \"lib/\"\n  - \"layers.idx\"\n");
            store(zip, "lib/nested.jar", "nested");
            for (String other : others) {
                add(zip, other, "other");
            }
        }
        return jar;
    }

    private static OwnJar own(Path jar) {
        return new OwnJar(jar, "com.example");
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(1_000_000_000_000L);
        zip.putNextEntry(entry);
        zip.write(content.getBytes(UTF_8));
    }

    /** Spring Boot and others keep jars in jars uncompressed, and read them where they lie. */
    private static void store(ZipOutputStream zip, String name, String content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(1_000_000_000_000L);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length());
        CRC32 crc = new CRC32();
        crc.update(content.getBytes(UTF_8));
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getBytes(UTF_8));
    }

    @Test
    void leavesTheVersionOutOfEveryKindThatHasAnArchive() throws Exception {
        Path snapshot = jar("1.4.0-SNAPSHOT");
        Path release = jar("1.4.0");
        JavaApplication java = TestApplication.in(directory).application();

        List<List<Application>> pairs = List.of(
                List.of(new PackagedApplication(java, own(snapshot)), new PackagedApplication(java, own(release))),
                List.of(
                        new RunnableJar(own(snapshot), PLACE, OptionalInt.empty()),
                        new RunnableJar(own(release), PLACE, OptionalInt.empty())),
                List.of(
                        new WebApplication(snapshot, List.of(), List.of(), PLACE, OptionalInt.empty()),
                        new WebApplication(release, List.of(), List.of(), PLACE, OptionalInt.empty())),
                List.of(
                        new LayeredJar(snapshot, PLACE, OptionalInt.empty()),
                        new LayeredJar(release, PLACE, OptionalInt.empty())));

        for (List<Application> pair : pairs) {
            assertThat(bytes(pair.get(0))).isEqualTo(bytes(pair.get(1))).isNotEmpty();
        }
    }

    private static List<Map.Entry<String, String>> bytes(Application application) throws Exception {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (FilesLayer layer : application.contents().layers()) {
            for (PlacedFile file : layer.files()) {
                try (InputStream in = ((Bytes) file.source()).open()) {
                    all.add(Map.entry(file.path(), new String(in.readAllBytes(), ISO_8859_1)));
                }
            }
        }
        return all;
    }

    @Test
    void keepsAllElseOfAJarAsItWas() throws Exception {
        Path copy = directory.resolve("copy.jar");
        try (InputStream in = own(jar("1.4.0")).open()) {
            Files.copy(in, copy);
        }

        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("META-INF/MANIFEST.MF", "a/B.class", "layers.idx", "lib/nested.jar");
            assertThat(zip.getEntry("lib/nested.jar").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(zip.getEntry("a/B.class").getTime()).isEqualTo(1_000_000_000_000L);
            assertThat(new String(zip.getInputStream(zip.getEntry("a/B.class")).readAllBytes(), UTF_8))
                    .isEqualTo("class");
            Manifest manifest = new Manifest(zip.getInputStream(zip.getEntry("META-INF/MANIFEST.MF")));
            assertThat(manifest.getMainAttributes().keySet().stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                            "Manifest-Version",
                            "Created-By",
                            "Implementation-Title",
                            "Main-Class",
                            "Spring-Boot-Layers-Index");
        }
    }

    @Test
    void keepsASignedJar() throws Exception {
        Path jar = jar("1.4.0", "META-INF/SHOP.SF");

        assertThat(own(jar).at("/app/a.jar").source()).isEqualTo(new OnDisk(jar));
    }

    @Test
    void keepsAJarThatSaysNothingOfAVersion() throws Exception {
        Path jar = directory.resolve("plain.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
        }

        assertThat(own(jar).at("/app/a.jar").source()).isEqualTo(new OnDisk(jar));
    }

    @Test
    void keepsWhatALibrarySaysOfItselfThatWasMergedIntoTheJar() throws Exception {
        String library = "META-INF/maven/com.example.others/json/pom.properties";

        assertThat(names(own(jar("1.4.0", library)))).contains(library).doesNotContain(DESCRIPTOR);
    }

    @Test
    void readsAManifestThatIsNotCompressed() throws Exception {
        Path jar = directory.resolve("stored.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            store(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 1.4.0\n");
        }

        assertThat(names(own(jar))).containsExactly("META-INF/MANIFEST.MF");
    }

    private List<String> names(OwnJar jar) throws Exception {
        Path copy = directory.resolve("copy.jar");
        try (InputStream in = jar.open()) {
            Files.copy(in, copy);
        }
        try (JarFile read = new JarFile(copy.toFile())) {
            assertThat(read.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isNull();
            return read.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void leavesTheVersionOutOfManifestsWithAnyLineEnds() {
        for (String end : List.of("\n", "\r", "\r\n")) {
            String manifest = String.join(
                    end,
                    "Manifest-Version: 1.0",
                    "X-Implementation-Version: 1",
                    "implementation-version: 1.4.",
                    " 0",
                    "",
                    "Name: a/",
                    "Specification-Version: 1.4.0");

            String without = new String(ModuleVersion.without(manifest.getBytes(UTF_8)), UTF_8);

            assertThat(without.split(end))
                    .containsExactly("Manifest-Version: 1.0", "X-Implementation-Version: 1", "", "Name: a/");
        }
    }
}
