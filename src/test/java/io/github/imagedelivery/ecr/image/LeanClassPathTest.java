package io.github.imagedelivery.ecr.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is used of Jib needs none of the libraries that the POM excludes. The tests have them on their class path, for
 * Jib to build whole images with; here each runs in a JVM that has not.
 */
class LeanClassPathTest {
    private static final Predicate<String> EXCLUDED = Pattern.compile(
                    "(?:google-|http(?:client|core)-|gson-|opencensus-"
                            + "|grpc-context-|commons-(?:codec|logging)-|jsr305-|auto-value-|j2objc-|error_prone_|failureaccess-).*\\.jar")
            .asMatchPredicate();

    @TempDir
    private Path directory;

    @Test
    void haveJibBuildItsImagesInTheTests() {
        assertThat(names().filter(EXCLUDED))
                .anyMatch(name -> name.startsWith("google-http-client-1"))
                .anyMatch(name -> name.startsWith("google-auth-library-oauth2-http-"))
                .anyMatch(name -> name.startsWith("commons-codec-"));
    }

    @Test
    void isEnoughForLayers() throws Exception {
        String expected = RealmBuild.run(
                directory.resolve("cache").toString(), directory.resolve("app").toString());

        assertThat(run(
                        RealmBuild.class,
                        directory.resolve("other-cache").toString(),
                        directory.resolve("other").toString()))
                .isEqualTo(expected);
    }

    @Test
    void isEnoughForLogins() throws Exception {
        Path config = Files.writeString(
                directory.resolve("config.json"), "{\"auths\":{\"ghcr.io\":{\"auth\":\"bWlyYTpzZWNyZXQ=\"}}}");

        assertThat(run(ShownLogin.class, config.toString(), "ghcr.io", "60")).startsWith("user mira, secret secret;");
    }

    @Test
    void isEnoughForMainClasses() throws Exception {
        Path classes = TestApplication.in(directory).classes();

        assertThat(run(ShownMainClasses.class, classes.toString())).isEqualTo("[demo.Main]");
    }

    private static Stream<String> names() {
        return entries().map(entry -> Path.of(entry).getFileName().toString());
    }

    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1));
    }

    private static String run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        String classPath = entries()
                .filter(entry -> !EXCLUDED.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                program.getName()),
                        Stream.of(arguments))
                .toList());
        builder.environment().putAll(Map.of("CLASSPATH", classPath));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.strip();
    }

    /** A program that prints the main classes of a directory. */
    static final class ShownMainClasses {
        private ShownMainClasses() {}

        public static void main(String[] arguments) throws ImageException {
            List<String> found = MainClasses.in(Path.of(arguments[0]));
            System.out.println(found);
        }
    }
}
