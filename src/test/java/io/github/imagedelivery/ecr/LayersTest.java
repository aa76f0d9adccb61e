package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.Digest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The architecture: which package may know which. Read the arrows of {@link #ARROWS} downwards; what they rest on is
 * the byte code as the JDK's {@code jdeps} sees it.
 */
class LayersTest {
    private static final String ROOT = "io.github.imagedelivery.ecr.";

    private static final Map<String, Set<String>> ARROWS = Map.of(
            "mojo", Set.of("delivery", "setup", "local", "image", "aws", "registry", "ci", "oci"),
            "delivery", Set.of("page", "image", "aws", "registry", "ci", "oci"),
            "image", Set.of("oci"),
            "aws", Set.of("ci", "oci"),
            "registry", Set.of("oci"),
            "ci", Set.of("oci"),
            "setup", Set.of("oci"),
            "local", Set.of("oci"),
            "page", Set.of("oci"),
            "oci", Set.of());

    /** What may be imported by anyone beside the JDK: annotations that leave no trace at run time. */
    private static final String ANNOTATIONS = "org.jspecify.annotations";

    private static final Pattern LINE = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s.*");

    /** Every package of ours and all that it imports. */
    private static final Map<String, Set<String>> IMPORTS = new TreeMap<>();

    private static Path project;

    @BeforeAll
    static void readTheByteCode() throws URISyntaxException {
        Path classes = Path.of(
                Digest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        project = classes.getParent().getParent();
        StringWriter report = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(
                new PrintWriter(report),
                new PrintWriter(report),
                "-verbose:package",
                "-filter:none",
                classes.toString());
        assertThat(status).as(report.toString()).isZero();
        report.toString().lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            if (isOurs(line.group(1))) {
                IMPORTS.computeIfAbsent(shortName(line.group(1)), name -> new TreeSet<>())
                        .add(line.group(2));
            }
        });
    }

    private static boolean isOurs(String name) {
        return name.startsWith(ROOT);
    }

    private static String shortName(String name) {
        return name.substring(ROOT.length());
    }

    private static Set<String> importersOf(Predicate<String> library) {
        Set<String> importers = new TreeSet<>();
        IMPORTS.forEach((name, imports) -> {
            if (imports.stream().anyMatch(library)) {
                importers.add(name);
            }
        });
        return importers;
    }

    @Test
    void drawsNoOtherArrowThanTheDesign() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        IMPORTS.forEach((name, imports) -> {
            Set<String> known = new TreeSet<>();
            imports.stream()
                    .filter(LayersTest::isOurs)
                    .map(LayersTest::shortName)
                    .filter(other -> !other.equals(name))
                    .forEach(known::add);
            arrows.put(name, known);
        });

        assertThat(arrows).isEqualTo(ARROWS);
    }

    @Test
    void drawsNoCircle() {
        Map<String, Set<String>> left = new TreeMap<>(ARROWS);
        while (left.values().removeIf(others -> others.stream().noneMatch(left::containsKey))) {
            // What knows nobody that is left is taken away, until nothing is left or only circles are.
        }

        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "com.google.cloud.tools.jib, image",
        "software.amazon.awssdk, aws",
        "java.net.http, registry",
        "org.apache.maven, mojo",
        "com.sun.net.httpserver, local"
    })
    void givesEachLibraryOneImporter(String library, String importer) {
        assertThat(importersOf(name -> name.startsWith(library))).containsExactly(importer);
    }

    @Test
    void letsTheNounsImportTheJdkAlone() {
        assertThat(IMPORTS.get("oci"))
                .allMatch(name -> name.matches("(java|javax\\.net)\\..+")
                        || name.equals(ANNOTATIONS)
                        || name.equals(ROOT + "oci"));
    }

    @Test
    void letsTheEmbeddedEcrImportTheJdkAlone() {
        assertThat(IMPORTS.get("local"))
                .allMatch(name -> name.startsWith("java.")
                        || name.startsWith("javax.crypto")
                        || name.startsWith("javax.net.ssl")
                        || name.startsWith("com.sun.net.httpserver")
                        || name.equals(ANNOTATIONS)
                        || isOurs(name));
    }

    @Test
    void readsXmlAndYamlByNoLibrary() throws IOException {
        assertThat(importersOf(name -> name.matches("(?:javax\\.xml|org\\.w3c|org\\.xml|org\\.yaml)\\b.*")))
                .isEmpty();
        for (Path source : sources()) {
            assertThat(Files.readString(source)).as(source.toString()).doesNotContain("ObjectInputStream");
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void readsTheEnvironmentInTheMojosAlone() throws IOException {
        Set<String> readers = new TreeSet<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            if (text.contains("System.getenv") || text.contains("System.getProperty(\"user.")) {
                readers.add(source.getParent().getFileName().toString());
            }
        }

        assertThat(readers).containsExactly("mojo");
    }

    @Test
    void keepsEachFileShort() throws IOException {
        Map<String, Long> tooLong = new TreeMap<>();
        for (Path source : sources()) {
            try (Stream<String> lines = Files.lines(source)) {
                long count = lines.count();
                if (count > 300) {
                    tooLong.put(source.getFileName().toString(), count);
                }
            }
        }

        assertThat(tooLong).isEmpty();
    }
}
