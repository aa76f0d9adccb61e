package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibleImageTest {
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    private Path directory;

    @AfterEach
    void restoreDefaults() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @Test
    void isTheSameInAnotherDirectory() throws Exception {
        assertThat(digest(TestApplication.in(directory.resolve("a")).plan(), "1"))
                .isEqualTo(digest(TestApplication.in(directory.resolve("b/c")).plan(), "2"));
    }

    @Test
    void isTheSameWhateverTheOrderOfCreation() throws Exception {
        List<String> names = new ArrayList<>(List.of("B", "\u0130", "a", "\u0131", "z/y", "z.x"));
        TestApplication first = TestApplication.emptyIn(directory.resolve("a"));
        names.forEach(name -> first.file(name, name));
        Collections.reverse(names);
        TestApplication second = TestApplication.emptyIn(directory.resolve("b"));
        names.forEach(name -> second.file(name, name));

        assertThat(digest(first.plan(), "1")).isEqualTo(digest(second.plan(), "2"));
    }

    @Test
    void isTheSameWhateverTimesAndPermissions() throws Exception {
        TestApplication first = TestApplication.in(directory.resolve("a"));
        TestApplication second = TestApplication.in(directory.resolve("b"));
        try (Stream<Path> all = Files.walk(second.directory)) {
            for (Path path : all.toList()) {
                boolean isDirectory = Files.isDirectory(path);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(isDirectory ? "rwx------" : "rw-------"));
                Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
            }
        }
        Files.setPosixFilePermissions(
                second.classes().resolve("demo/Main.class"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(digest(first.plan(), "1")).isEqualTo(digest(second.plan(), "2"));
    }

    @Test
    void isTheSameInAnotherZoneAndLanguage() throws Exception {
        ImagePlan plan = TestApplication.in(directory.resolve("a")).plan();
        Digest here = digest(plan, "1");
        Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

        assertThat(digest(plan, "2")).isEqualTo(here);
    }

    @Test
    void isTheSameWhateverTheOrderOfVariablesAndLabels() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a"));
        List<String> names = new ArrayList<>(List.of("Aa", "BB", "c", "D", "e1", "f_"));
        ImagePlan forwards = plan(application, names);
        Collections.reverse(names);

        assertThat(digest(plan(application, names), "1")).isEqualTo(digest(forwards, "2"));
    }

    @Test
    void isTheSameFromTheCache() throws Exception {
        ImagePlan plan = TestApplication.in(directory.resolve("a")).plan();

        assertThat(digest(plan, "1")).isEqualTo(digest(plan, "1"));
    }

    @Test
    void hasTheDiffIdsThatItHadWhenThisWasWritten() throws Exception {
        ImagePlan plan = TestApplication.emptyIn(directory.resolve("a"))
                .file("demo/Main.class", "class")
                .file("a.properties", "resource")
                .library("x-1.jar", Origin.RELEASE, "jar")
                .plan();

        try (BuiltImage image = build(plan, "1")) {
            assertThat(TestImages.config(image).get("rootfs").get("diff_ids").items())
                    .extracting(json -> json.text().orElse(""))
                    .containsExactly(
                            "sha256:8074f22c5e3247fcc6fdcfc9c0eb6140b11ddb6ccff8ddd10bbc5614578a0535",
                            "sha256:ff5e01f556129588f11e8fe1bcad5aaff23910d35c2fff2d07d15f8974cadca7",
                            "sha256:8ac2a978950406e59a0ad97216c61b54eadfb2eadb52388ab8b86940b9990d52",
                            "sha256:366c056eda8491feb810ba10786a8dd48837c52a63248c3dd9d170d123f8229f");
        }
    }

    @Test
    void changesOneLayerWithOneClass() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a"));
        try (BuiltImage before = build(application.plan(), "1")) {
            application.file("demo/Greeting.class", "changed");
            try (BuiltImage after = build(application.plan(), "1")) {
                Map<String, String> changed = TestImages.digestsByLayer(after);
                changed.entrySet().removeAll(TestImages.digestsByLayer(before).entrySet());
                assertThat(changed).containsOnlyKeys("classes");
                assertThat(after.config().descriptor())
                        .isNotEqualTo(before.config().descriptor());
            }
        }
    }

    @Test
    void changesTheConfigAloneWithASetting() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a"));
        try (BuiltImage before = build(application.plan(), "1");
                BuiltImage after = build(plan(application, List.of("X")), "1")) {
            assertThat(TestImages.digestsByLayer(after)).isEqualTo(TestImages.digestsByLayer(before));
            assertThat(after.manifest().digest()).isNotEqualTo(before.manifest().digest());
        }
    }

    private static ImagePlan plan(TestApplication application, List<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, name));
        ContainerSettings settings = new ContainerSettings(
                Optional.empty(), List.of(), List.of(), values, List.of(), Optional.empty(), Optional.empty());
        return new ImagePlan(application.application(), settings, values, Instant.EPOCH);
    }

    private Digest digest(ImagePlan plan, String cache) throws ImageException {
        try (BuiltImage image = build(plan, cache)) {
            return image.manifest().digest();
        }
    }

    private BuiltImage build(ImagePlan plan, String cache) throws ImageException {
        return TestImages.builder(directory.resolve("cache-" + cache))
                .build(plan, BaseImage.scratch(Platform.LINUX_AMD64));
    }
}
