package io.github.imagedelivery.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the page on security: every control in its tables names tests, and these are there and run. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/security.md");

    /** {@code package.Class#test} in this project, or the class of an integration test. */
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z]+\\.)?[A-Z]\\w+)(?:#(\\w+))?`");

    /** By their names, since jqwik's are not JUnit's. */
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "Property");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| Threat "))
                .toList();
    }

    private static List<MatchResult> named(String row) {
        String tests = row.substring(row.lastIndexOf('|', row.length() - 2));
        return NAMED.matcher(tests).results().toList();
    }

    private static boolean isThere(MatchResult test) {
        return isThere(test.group(1), test.group(2));
    }

    private static boolean isThere(String type, String method) {
        try {
            Class<?> named = Class.forName(SecurityPageTest.class.getPackageName() + "." + type);
            return method == null
                    ? isIntegrationTest(named)
                    : Arrays.stream(named.getDeclaredMethods())
                            .anyMatch(m -> m.getName().equals(method) && isTest(m));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isTest(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> TESTS.contains(type.getSimpleName()));
    }

    /** A hook of the invoker calls it by name. */
    private static boolean isIntegrationTest(Class<?> type) {
        try (var hooks = Files.walk(Path.of("src/it"), 2)) {
            return hooks.filter(file -> file.getFileName().toString().startsWith("verify"))
                    .anyMatch(file -> text(file).contains(type.getName() + "."));
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void namesTestsForEachControl() throws IOException {
        assertThat(rows())
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(named(row)).isNotEmpty());
    }

    @Test
    void namesTestsThatAreThere() throws IOException {
        assertThat(rows().stream().flatMap(row -> named(row).stream()).filter(test -> !isThere(test)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SecurityPageTest#named", "SecurityPageTest#gone", "GoneTest#namesTestsThatAreThere"})
    void seesThatATestIsNotThere(String name) {
        assertThat(isThere(NAMED.matcher("`" + name + "`").results().findFirst().orElseThrow()))
                .isFalse();
    }

    @Test
    void seesThatAClassIsNoIntegrationTest() {
        assertThat(isThere(NAMED.matcher("`it.Canary`").results().findFirst().orElseThrow()))
                .isFalse();
    }
}
