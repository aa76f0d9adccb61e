package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainClassesTest {
    @TempDir
    private Path directory;

    private TestApplication application;

    @BeforeEach
    void start() {
        application = TestApplication.emptyIn(directory);
    }

    @Test
    void findsTheClassWithAMainMethod() throws Exception {
        assertThat(MainClasses.in(TestApplication.in(directory).classes())).containsExactly("demo.Main");
    }

    @Test
    void namesSeveralInOrder() throws Exception {
        String body = " { public static void main(String... args) {} }";
        add(Map.of("b.B", "package b; public class B" + body, "a.A", "package a; class A" + body));

        assertThat(MainClasses.in(application.classes())).containsExactly("a.A", "b.B");
    }

    @Test
    void passesOverMethodsThatJavaDoesNotStart() throws Exception {
        add(Map.of("p.P", "package p; class P { static void main(String[] a) {} public void main() {} }"));

        assertThat(MainClasses.in(application.classes())).isEmpty();
    }

    @Test
    void namesAClassOfAMultiReleaseJarOnce() throws Exception {
        byte[] main = TestApplication.classFile("demo.Main");
        application.file("demo/Main.class", main).file("META-INF/versions/17/demo/Main.class", main);

        assertThat(MainClasses.in(application.classes())).containsExactly("demo.Main");
    }

    @Test
    void passesOverFilesThatAreNoClasses() throws Exception {
        application.file("broken.class", "no").file("empty.class", "").file("text.txt", "main");

        assertThat(MainClasses.in(application.classes())).isEmpty();
    }

    @Test
    void findsNothingInADirectoryThatIsNotThere() throws Exception {
        assertThat(MainClasses.in(directory.resolve("gone"))).isEmpty();
    }

    @Test
    void saysWhatToDoAboutClassesOfTheFuture() {
        byte[] main = TestApplication.classFile("demo.Main").clone();
        main[6] = 0x7f;
        application.file("demo/Main.class", main);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> MainClasses.in(application.classes()))
                .withMessageContaining("Unsupported class file major version")
                .matches(e -> e.remedy().contains("-Decr.mainClass="));
    }

    private void add(Map<String, String> sources) {
        TestApplication.compile(sources)
                .forEach((name, bytes) -> application.file(name.replace('.', '/') + ".class", bytes));
    }
}
