package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.imagedelivery.ecr.image.JavaApplication.Library;
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
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The options are for a JVM, or the shell's for a process. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dline.separator=\r\n",
                "-Dfile.encoding=ISO-8859-1",
                "-Duser.timezone=Pacific/Kiritimati -Duser.language=tr -Duser.country=TR",
                "umask 077",
                "umask 000"
            })
    void isTheSameInAnotherProcess(String difference) throws Exception {
        String here = GoldenImage.described(directory.resolve("cache-1"), directory.resolve("a"));

        assertThat(process(java(System.getProperty("java.home")), difference)).isEqualTo(here);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "JAVA_HOME_25_X64", matches = ".+")
    void isTheSameOnAnotherJdk() throws Exception {
        String here = GoldenImage.described(directory.resolve("cache-1"), directory.resolve("a"));

        assertThat(process(java(System.getenv("JAVA_HOME_25_X64")), "")).isEqualTo(here);
    }

    private static String java(String home) {
        return Path.of(home, "bin", "java").toString();
    }

    /** Makes the golden image in a process of its own, and returns what it consists of. */
    private String process(String java, String difference) throws Exception {
        boolean isOfTheShell = difference.startsWith("umask");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", (isOfTheShell ? difference : ":") + "; exec \"$@\"", "-"));
        command.add(java);
        if (!isOfTheShell && !difference.isEmpty()) {
            command.addAll(List.of(difference.split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), GoldenImage.class.getName()));
        command.add(directory.resolve("cache-2").toString());
        command.add(directory.resolve("b").toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    @Test
    void isTheSameWhoeverOwnsTheFiles() throws Exception {
        TestApplication first = TestApplication.in(directory.resolve("a"));
        TestApplication second = TestApplication.in(directory.resolve("b"));
        assumeTrue(Files.getAttribute(second.directory, "unix:uid").equals(0), "only root can give files away");
        try (Stream<Path> all = Files.walk(second.directory)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", 1234);
                Files.setAttribute(path, "unix:gid", 1234);
            }
        }

        assertThat(digest(first.plan(), "1")).isEqualTo(digest(second.plan(), "2"));
    }

    /** The order of the class path is what the application is told: it is in the argument file and nowhere else. */
    @Test
    void differsInNothingButTheClassPathWhereDependenciesComeInAnotherOrder() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a"));
        List<Library> reversed = new ArrayList<>(application.libraries());
        Collections.reverse(reversed);
        ImagePlan plan = application.plan();
        JavaApplication usual = application.application();
        ImagePlan other = new ImagePlan(
                new JavaApplication(usual.classes(), reversed, usual.mainClass(), usual.javaRelease()),
                plan.container(),
                plan.labels(),
                plan.created());

        try (BuiltImage forwards = build(plan, "1");
                BuiltImage backwards = build(other, "2")) {
            Map<String, String> changed = TestImages.digestsByLayer(backwards);
            changed.entrySet().removeAll(TestImages.digestsByLayer(forwards).entrySet());
            assertThat(changed).containsOnlyKeys("jvm-argument-files");
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
