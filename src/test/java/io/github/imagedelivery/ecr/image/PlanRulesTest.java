package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"8080", "1", "65535", "8080/tcp", "53/udp", "9000-9003", "9000-9003/udp"})
    void takesAPort(String port) {
        assertThatCode(() -> PlanRules.check(ports(port))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "65536", "http", "8080/sctp", "-1", "9003-9000", "1-", " 80", "8080/TCP", "999999"})
    void refusesWhatIsNoPort(String port) {
        assertRefused(ports(port), "port \"" + port.strip() + "\" is not of the form 8080, 53/udp or 9000-9003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "0", "1000", "1000:1000", "app", "app:staff", "_svc-1", "2147483647"})
    void takesAUser(String user) {
        assertThatCode(() -> PlanRules.check(user(user))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1000:", ":1000", "a b", "1:2:3", "-1", "2147483648", "app;rm"})
    void refusesWhatIsNoUser(String user) {
        assertRefused(user(user), "user \"" + user + "\" is not of the form");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments(workingDirectory("work"), "working directory \"work\" is not absolute"),
                arguments(workingDirectory("C:\\work"), "is not absolute"),
                arguments(workingDirectory("/a/../b"), "holds \"..\""),
                arguments(volume("data"), "volume \"data\" is not absolute"),
                arguments(volume("/data/.."), "volume \"/data/..\" holds \"..\""),
                arguments(placement("app"), "application root \"app\" is not absolute"),
                arguments(placement("/a/../b"), "application root \"/a/../b\" holds \"..\""),
                arguments(placement("/a:b"), "application root \"/a:b\" holds a colon"),
                arguments(placement("/app", "a\nb"), "of the class path holds a control character"),
                arguments(environment("A=B", "x"), "environment variable \"A=B\" is not a variable's name"),
                arguments(environment("", "x"), "environment variable \"\" is not"),
                arguments(environment("1A", "x"), "environment variable \"1A\" is not"),
                arguments(environment("A", "x\0y"), "the value of environment variable A holds a zero byte"),
                arguments(environment("A", "x".repeat(1 << 20)), "characters together"),
                arguments(labels("a b"), "label \"a b\" has characters that a name cannot have"),
                arguments(annotations("a\nb", "x"), "annotation \"a b\" has characters that a name cannot have"),
                arguments(annotations("a", "x\0y"), "the value of annotation a holds a zero byte"),
                arguments(annotations("a", "x".repeat(1 << 20)), "characters together"),
                arguments(labels(""), "label \"\" has"),
                arguments(entrypoint(List.of()), "the entrypoint has no command"),
                arguments(entrypoint(List.of(" ")), "the entrypoint has no command"),
                arguments(entrypoint(List.of("a", "\0")), "the entrypoint holds a zero byte"),
                arguments(jvmFlags(""), "JVM flag \"\" is blank"),
                arguments(mainClass(""), "main class \"\" is not the name of a class"),
                arguments(mainClass("demo.Main --x"), "main class \"demo.Main --x\" is not"),
                arguments(mainClass("demo/Main"), "is not the name of a class"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(ImagePlan plan, String reason) {
        assertRefused(plan, reason);
    }

    @Test
    void namesAllProblemsAtOnce() {
        ContainerSettings settings = new ContainerSettings(
                Optional.empty(), List.of(), List.of(), Map.of(), List.of("x", "y"), Optional.of(""), Optional.of("z"));

        assertRefused(plan("a.B", settings, Map.of()), "port \"x\"");
        assertRefused(plan("a.B", settings, Map.of()), "port \"y\"");
        assertRefused(plan("a.B", settings, Map.of()), "user \"\"");
        assertRefused(plan("a.B", settings, Map.of()), "working directory \"z\"");
    }

    @Test
    void neverShowsAValue() {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> PlanRules.check(environment("TOKEN", "canary\0")))
                .matches(e -> !(e.getMessage() + e.problem() + e.remedy()).contains("canary"));
    }

    private static void assertRefused(ImagePlan plan, String reason) {
        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> PlanRules.check(plan))
                .withMessageContaining(reason)
                .matches(e -> e.problem().equals("The image's settings are not valid"));
    }

    private static ImagePlan plan(String mainClass, ContainerSettings settings, Map<String, String> labels) {
        JavaApplication application = new JavaApplication(Path.of("classes"), List.of(), mainClass, 17);
        return new ImagePlan(application, settings, labels, Instant.EPOCH);
    }

    private static ImagePlan annotations(String name, String value) {
        JavaApplication application = new JavaApplication(Path.of("classes"), List.of(), "a.B", 17);
        return new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Map.of(name, value), Instant.EPOCH);
    }

    private static ImagePlan settings(
            List<String> flags, Map<String, String> environment, Optional<String> user, Optional<String> directory) {
        return plan(
                "a.B",
                new ContainerSettings(Optional.empty(), flags, List.of(), environment, List.of(), user, directory),
                Map.of());
    }

    private static ImagePlan volume(String path) {
        return plan(
                "a.B",
                new ContainerSettings(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(path)),
                Map.of());
    }

    private static ImagePlan placement(String root, String... extraClassPath) {
        JavaApplication application = new JavaApplication(Path.of("classes"), List.of(), "a.B", 17)
                .at(new Placement(root, List.of(extraClassPath)));
        return new ImagePlan(application, ContainerSettings.DEFAULT, Map.of(), Instant.EPOCH);
    }

    private static ImagePlan ports(String port) {
        return plan(
                "a.B",
                new ContainerSettings(
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(port),
                        Optional.empty(),
                        Optional.empty()),
                Map.of());
    }

    private static ImagePlan entrypoint(List<String> entrypoint) {
        return plan(
                "a.B",
                new ContainerSettings(
                        Optional.of(entrypoint),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                Map.of());
    }

    private static ImagePlan user(String user) {
        return settings(List.of(), Map.of(), Optional.of(user), Optional.empty());
    }

    private static ImagePlan workingDirectory(String path) {
        return settings(List.of(), Map.of(), Optional.empty(), Optional.of(path));
    }

    private static ImagePlan environment(String name, String value) {
        return settings(List.of(), Map.of(name, value), Optional.empty(), Optional.empty());
    }

    private static ImagePlan jvmFlags(String flag) {
        return settings(List.of(flag), Map.of(), Optional.empty(), Optional.empty());
    }

    private static ImagePlan labels(String name) {
        return plan("a.B", ContainerSettings.DEFAULT, Map.of(name, "x"));
    }

    private static ImagePlan mainClass(String name) {
        return plan(name, ContainerSettings.DEFAULT, Map.of());
    }
}
