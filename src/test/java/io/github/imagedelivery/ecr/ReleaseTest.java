package io.github.imagedelivery.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Prelease verify} has made is what a repository asks of those who publish to it. */
@Tag("release")
class ReleaseTest {
    private static final Path TARGET = Path.of("target");
    private static final Path BILL = TARGET.resolve("bom.json");
    private static final List<String> KINDS = List.of(".jar", "-sources.jar", "-javadoc.jar");

    private final String version = System.getProperty("release.version");

    @TempDir
    Path directory;

    @Test
    void thePomSaysWhatItIsWhoseItIsAndWhereItIsFrom() throws Exception {
        Model model;
        try (InputStream in = Files.newInputStream(Path.of("pom.xml"))) {
            model = new MavenXpp3Reader().read(in);
        }

        assertThat(Stream.of(model.getName(), model.getDescription(), model.getUrl()))
                .doesNotContainNull();
        assertThat(model.getLicenses()).isNotEmpty().allMatch(license -> license.getUrl() != null);
        assertThat(model.getDevelopers()).isNotEmpty().allMatch(developer -> developer.getName() != null);
        assertThat(Stream.of(
                        model.getScm().getConnection(),
                        model.getScm().getDeveloperConnection(),
                        model.getScm().getUrl()))
                .doesNotContainNull();
        assertThat(model.getRepositories()).isEmpty();
        assertThat(model.getPluginRepositories()).isEmpty();
    }

    @Test
    void sourcesAndJavadocAreOfThePlugin() throws IOException {
        try (ZipFile sources = new ZipFile(file(TARGET, "-sources.jar"));
                ZipFile javadoc = new ZipFile(file(TARGET, "-javadoc.jar"))) {
            assertThat(sources.getEntry("io/github/imagedelivery/ecr/mojo/PushMojo.java"))
                    .isNotNull();
            assertThat(javadoc.getEntry("io/github/imagedelivery/ecr/mojo/PushMojo.html"))
                    .isNotNull();
        }
    }

    @Test
    void theBillOfMaterialsNamesWhatThePluginRunsWithAndNothingElse() throws Exception {
        Json bill = Json.parse(Files.readAllBytes(BILL));

        assertThat(new TreeSet<>(bill.get("components").items().stream()
                        .map(part -> "%s:%s:%s"
                                .formatted(
                                        part.get("group").text().orElse(""),
                                        part.get("name").text().orElse(""),
                                        part.get("version").text().orElse("")))
                        .toList()))
                .containsAll(dependencies())
                .noneMatch(part -> part.contains("junit") || part.contains("assertj"));
        assertThat(bill.get("components").items())
                .allMatch(part -> !part.get("hashes").items().isEmpty());
    }

    /** Returns what Maven puts on the plugin's class path. */
    private Set<String> dependencies() throws IOException {
        try (ZipFile jar = new ZipFile(file(TARGET, ".jar"))) {
            String descriptor = new String(
                    jar.getInputStream(jar.getEntry("META-INF/maven/plugin.xml"))
                            .readAllBytes(),
                    UTF_8);
            Set<String> names = new TreeSet<>();
            Pattern.compile("<dependency>\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*"
                            + "<type>.*?</type>\\s*<version>(.*?)</version>")
                    .matcher(descriptor)
                    .results()
                    .forEach(found -> names.add(found.group(1) + ":" + found.group(2) + ":" + found.group(3)));
            assertThat(names).hasSizeGreaterThan(20);
            return names;
        }
    }

    @Test
    void anotherBuildOfTheSameSourcesGivesTheSameFiles() throws Exception {
        Path copy = directory.resolve("elsewhere/copy");
        for (String part : List.of("pom.xml", "LICENSE", ".mvn", "src/main", "src/site")) {
            copy(Path.of(part), copy.resolve(part));
        }
        Path log = directory.resolve("build.log");
        Process build = new ProcessBuilder(
                        System.getProperty("maven.home") + "/bin/mvn",
                        "-B",
                        "-Prelease",
                        "-Dmaven.test.skip",
                        "-Dspotless.check.skip",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "package")
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(build.waitFor()).as("%s", Files.readString(log)).isZero();

        assertThat(digests(copy.resolve("target"))).isEqualTo(digests(TARGET));
    }

    @Test
    void eachFileIsSignedWhereAKeyIsAtHand() {
        assumeTrue(System.getenv("MAVEN_GPG_KEY") != null, "no key to sign with");

        assertThat(Stream.concat(KINDS.stream().map(kind -> file(TARGET, kind)), Stream.of(BILL.toString()))
                        .map(file -> new File(file + ".asc")))
                .allSatisfy(signature -> assertThat(signature).isNotEmpty());
    }

    private Map<String, Digest> digests(Path target) throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        for (String kind : KINDS) {
            digests.put(kind, Digest.of(Files.readAllBytes(Path.of(file(target, kind)))));
        }
        digests.put("bom.json", Digest.of(Files.readAllBytes(target.resolve(BILL.getFileName()))));
        return digests;
    }

    private String file(Path target, String kind) {
        return target.resolve("ecr-maven-plugin-" + version + kind).toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
