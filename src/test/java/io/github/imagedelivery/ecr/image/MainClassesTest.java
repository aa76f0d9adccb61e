package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.tools.jib.api.Jib;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
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

    @Test
    void readsTheJavaReleaseOfAClassInAJar() throws Exception {
        Path jar = directory.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("demo/Main.class"));
            out.write(TestApplication.classFile("demo.Main"));
        }

        assertThat(MainClasses.javaReleaseInJar(jar, "demo.Main"))
                .isEqualTo(MainClasses.javaRelease(TestApplication.in(directory).classes(), "demo.Main"))
                .isPresent();
        assertThat(MainClasses.javaReleaseInJar(jar, "demo.Gone")).isEmpty();
        assertThat(MainClasses.javaReleaseInJar(directory.resolve("gone.jar"), "demo.Main"))
                .isEmpty();
    }

    @Test
    void knowsTheAnnotationOfSpringBootFromATextThatNamesIt() throws Exception {
        String annotation =
                "package org.springframework.boot.autoconfigure; public @interface SpringBootApplication {}";
        String name = "org.springframework.boot.autoconfigure.SpringBootApplication";
        add(Map.of(
                name,
                annotation,
                "a.App",
                "package a; @" + name + " class App {}",
                "a.Tool",
                "package a; class Tool { String s = \"see L" + name.replace('.', '/') + ";\"; }"));

        assertThat(MainClasses.isSpringBootApplication(application.classes(), "a.App"))
                .isTrue();
        assertThat(MainClasses.isSpringBootApplication(application.classes(), "a.Tool"))
                .isFalse();
        assertThat(MainClasses.isSpringBootApplication(application.classes(), "a.Gone"))
                .isFalse();
    }

    @Test
    void namesTheVersionOfJibAsWriterOfTheLayers() {
        String jar = Path.of(Jib.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName()
                .toString();

        assertThat(ImageBuilder.layerWriter().replace(' ', '-') + ".jar").isEqualTo(jar);
    }
}
