package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    private static final String ROOT = "/usr/local/tomcat/webapps/ROOT";

    @TempDir
    Path directory;

    /** Writes an archive of names and contents in turn. */
    private Path archive(String name, String... namesAndContents) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Map<String, List<String>> layers(Application application) throws Exception {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        for (FilesLayer layer : application.contents().layers()) {
            layers.put(
                    layer.name(), layer.files().stream().map(PlacedFile::path).toList());
        }
        return layers;
    }

    private static List<String> command(Application application) throws Exception {
        return application.contents().launch().command(List.of("-Xmx1g")).orElseThrow();
    }

    private WebApplication web() throws IOException {
        Path war = archive(
                "shop.war",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\n",
                "META-INF/maven/com.example/shop/pom.properties",
                "version=1.4.0",
                "WEB-INF/lib/released.jar",
                "released",
                "WEB-INF/lib/renamed.jar",
                "sibling",
                "WEB-INF/lib/devtools.jar",
                "devtools",
                "WEB-INF/lib/extra-1-SNAPSHOT.jar",
                "extra",
                "WEB-INF/classes/a/B.class",
                "class",
                "WEB-INF/classes/.env",
                "A=b",
                "index.html",
                "<p>");
        List<Library> libraries = List.of(
                new Library(file("m2/released-1.jar", "released"), Origin.RELEASE),
                new Library(file("sibling/target/sibling.jar", "sibling"), Origin.PROJECT));
        return new WebApplication(
                war,
                libraries,
                List.of(file("m2/devtools-3.jar", "devtools")),
                new Placement(ROOT, List.of()),
                OptionalInt.of(17));
    }

    @Test
    void unpacksAWarWhereTheServerLooksForIt() throws Exception {
        assertThat(layers(web()))
                .containsExactly(
                        Map.entry("dependencies", List.of(ROOT + "/WEB-INF/lib/released.jar")),
                        Map.entry("snapshot-dependencies", List.of(ROOT + "/WEB-INF/lib/extra-1-SNAPSHOT.jar")),
                        Map.entry("project-dependencies", List.of(ROOT + "/WEB-INF/lib/renamed.jar")),
                        Map.entry(
                                "resources",
                                List.of(
                                        ROOT + "/META-INF/MANIFEST.MF",
                                        ROOT + "/WEB-INF/classes/.env",
                                        ROOT + "/index.html")),
                        Map.entry("classes", List.of(ROOT + "/WEB-INF/classes/a/B.class")));
    }

    @Test
    void findsSecretsInsideAWar() throws Exception {
        assertThat(SecretFinding.in(web(), ContainerSettings.DEFAULT))
                .extracting(SecretFinding::name)
                .containsExactly(ROOT + "/WEB-INF/classes/.env");
    }

    @Test
    void findsSecretsInsideAJarOfTheModule() throws Exception {
        Path jar = archive(
                "all.jar", "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: a.B\n", "conf/.env", "A=b");
        RunnableJar application =
                new RunnableJar(new OwnJar(jar, "com.example"), Placement.DEFAULT, OptionalInt.empty());

        assertThat(SecretFinding.in(application, ContainerSettings.DEFAULT))
                .extracting(SecretFinding::name)
                .containsExactly("/app/application.jar!/conf/.env");
    }

    @Test
    void leavesTheStartOfAWarToTheBase() throws Exception {
        BuiltImage image = build(web(), ContainerSettings.DEFAULT);

        Json config = TestImages.config(image).get("config");
        assertThat(config.get("Entrypoint").items().stream().map(Json::text)).containsExactly(Optional.of("/start"));
        assertThat(config.get("Cmd").items().stream().map(Json::text)).containsExactly(Optional.of("server"));
    }

    @Test
    void inheritsTheEntrypointOfTheBaseWhereThatIsAsked() throws Exception {
        ContainerSettings settings = new ContainerSettings(
                Optional.of(ContainerSettings.INHERIT),
                List.of(),
                List.of("other"),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        BuiltImage image = build(TestApplication.in(directory).application(), settings);

        Json config = TestImages.config(image).get("config");
        assertThat(config.get("Entrypoint").items().stream().map(Json::text)).containsExactly(Optional.of("/start"));
        assertThat(config.get("Cmd").items().stream().map(Json::text)).containsExactly(Optional.of("other"));
    }

    private BuiltImage build(Application application, ContainerSettings settings) throws Exception {
        Json config = Json.parse(
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Entrypoint\":[\"/start\"],\"Cmd\":[\"server\"]},"
                        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
        ImagePlan plan = new ImagePlan(application, settings, Map.of(), Instant.EPOCH);
        return TestImages.builder(directory.resolve("cache"))
                .build(plan, new BaseImage("base", Optional.empty(), config, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "a\\b", "a//b", "."})
    void refusesAnArchiveWithANameThatLeadsAway(String name) throws Exception {
        Path war = archive("evil.war", name, "x");

        assertThatThrownBy(() -> ArchiveFiles.of(war))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("it holds the name");
    }

    @Test
    void refusesWhatIsNoArchive() throws Exception {
        Path war = file("broken.war", "no zip");

        assertThatThrownBy(() -> ArchiveFiles.of(war))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.problem()).endsWith("broken.war cannot be unpacked"));
    }

    private LayeredJar layered(String manifest, String index) throws IOException {
        Path jar = archive(
                "boot.jar",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\n" + manifest,
                "META-INF/maven/com.example/orders/pom.properties",
                "version=1.4.0",
                "BOOT-INF/layers.idx",
                index,
                "BOOT-INF/lib/a.jar",
                "a",
                "BOOT-INF/lib/b-SNAPSHOT.jar",
                "b",
                "org/springframework/boot/loader/launch/JarLauncher.class",
                "c");
        return new LayeredJar(jar, Placement.DEFAULT, OptionalInt.of(17));
    }

    private static final String INDEX = """
            - "dependencies":
              - "BOOT-INF/lib/a.jar"
            - "spring-boot-loader":
              - "org/"
            - "empty":
            - "snapshot-dependencies":
              - "BOOT-INF/lib/b-SNAPSHOT.jar"
            - "application":
              - "BOOT-INF/layers.idx"
              - "META-INF/"
            """;

    private static final String BOOT = """
            Main-Class: org.springframework.boot.loader.launch.JarLauncher
            Spring-Boot-Layers-Index: BOOT-INF/layers.idx
            """;

    @Test
    void keepsTheLayersOfSpringBootsIndexInTheirOrder() throws Exception {
        LayeredJar jar = layered(BOOT, INDEX);

        assertThat(layers(jar))
                .containsExactly(
                        Map.entry("dependencies", List.of("/app/BOOT-INF/lib/a.jar")),
                        Map.entry(
                                "spring-boot-loader",
                                List.of("/app/org/springframework/boot/loader/launch/JarLauncher.class")),
                        Map.entry("snapshot-dependencies", List.of("/app/BOOT-INF/lib/b-SNAPSHOT.jar")),
                        Map.entry("application", List.of("/app/BOOT-INF/layers.idx", "/app/META-INF/MANIFEST.MF")));
        assertThat(command(jar))
                .containsExactly("java", "-Xmx1g", "-cp", "/app", "org.springframework.boot.loader.launch.JarLauncher");
    }

    @Test
    void refusesAJarWithoutLayers() throws Exception {
        LayeredJar jar = layered("Main-Class: a.B\n", INDEX);

        assertThatThrownBy(jar::contents).hasMessage("it has no index of layers");
    }

    @Test
    void refusesAnIndexThatForgetsAFile() throws Exception {
        LayeredJar jar = layered(BOOT, INDEX.replace("  - \"org/\"\n", ""));

        assertThatThrownBy(jar::contents)
                .hasMessage("its index has no layer for org/springframework/boot/loader/launch/JarLauncher.class");
    }

    @Test
    void refusesAnIndexThatIsNone() throws Exception {
        LayeredJar jar = layered(BOOT, "dependencies");

        assertThatThrownBy(jar::contents).hasMessage("it has the line \"dependencies\"");
    }

    @Test
    void startsAJarThatHoldsAll() throws Exception {
        Path jar = archive("all-1.4.0.jar", "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: a.B\n");
        RunnableJar application =
                new RunnableJar(new OwnJar(jar, "com.example"), Placement.DEFAULT, OptionalInt.empty());

        assertThat(layers(application)).containsExactly(Map.entry("jar", List.of("/app/application.jar")));
        assertThat(command(application)).containsExactly("java", "-Xmx1g", "-jar", "/app/application.jar");
    }

    @Test
    void refusesAJarThatNamesNoMainClass() throws Exception {
        RunnableJar jar = new RunnableJar(
                new OwnJar(archive("a.jar", "a", "b"), "com.example"), Placement.DEFAULT, OptionalInt.empty());

        assertThatThrownBy(jar::contents).hasMessage("its manifest names no Main-Class");
    }

    @Test
    void refusesAJarThatExpectsOthersBesideIt() throws Exception {
        Path thin = archive(
                "thin.jar",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nMain-Class: a.B\nClass-Path: conf/ lib/c.jar\n");
        RunnableJar jar = new RunnableJar(new OwnJar(thin, "com.example"), Placement.DEFAULT, OptionalInt.empty());

        assertThatThrownBy(jar::contents)
                .hasMessage("its manifest names jars that it expects beside it, such as lib/c.jar");
    }

    @Test
    void keepsTheLayoutOfQuarkus() throws Exception {
        file("quarkus-app/lib/boot/io.quarkus.runner.jar", "boot");
        file("quarkus-app/lib/main/com.example.model-1.jar", "model");
        file("quarkus-app/quarkus/generated-bytecode.jar", "generated");
        file("quarkus-app/app/orders.jar", "orders");
        file("quarkus-app/quarkus-run.jar", "run");
        file("quarkus-app/quarkus-app-dependencies.txt", "not for the image");
        List<Library> libraries = List.of(new Library(file("model/target/model.jar", "model"), Origin.PROJECT));
        QuarkusApplication application = new QuarkusApplication(
                directory.resolve("quarkus-app"),
                libraries,
                new Placement("/deployments", List.of()),
                OptionalInt.of(17));

        assertThat(layers(application))
                .containsExactly(
                        Map.entry("dependencies", List.of("/deployments/lib/boot/io.quarkus.runner.jar")),
                        Map.entry("project-dependencies", List.of("/deployments/lib/main/com.example.model-1.jar")),
                        Map.entry(
                                "quarkus",
                                List.of("/deployments/quarkus-run.jar", "/deployments/quarkus/generated-bytecode.jar")),
                        Map.entry("application", List.of("/deployments/app/orders.jar")));
        assertThat(command(application)).containsExactly("java", "-Xmx1g", "-jar", "/deployments/quarkus-run.jar");
        assertThat(application.contents().workingDirectory()).hasValue("/deployments");
    }

    @Test
    void packsTheJarOfTheModuleInPlaceOfItsClasses() throws Exception {
        PackagedApplication packaged = new PackagedApplication(
                TestApplication.in(directory).application(),
                new OwnJar(archive("orders-1.4.0.jar", "a", "b"), "com.example"));

        assertThat(layers(packaged))
                .containsEntry("jar", List.of("/app/classpath/application.jar"))
                .doesNotContainKeys("classes", "resources");
        assertThat(packaged.contents().layers())
                .flatExtracting(FilesLayer::files)
                .filteredOn(file -> file.path().equals("/app/class-path"))
                .singleElement()
                .satisfies(file -> assertThat(((PlacedFile.Generated) file.source()).text())
                        .startsWith("/app/classpath/application.jar:/app/libs/"));
    }
}
