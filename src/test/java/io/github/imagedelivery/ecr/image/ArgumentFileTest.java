package io.github.imagedelivery.ecr.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.image.JavaApplication.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
    @TempDir
    private Path directory;

    @Test
    void isReadBackByTheLauncher() throws Exception {
        TestApplication application = TestApplication.in(directory.resolve("a 'b' \"c\" #d \\e"));
        Path file = Files.writeString(
                directory.resolve("argument"),
                ArgumentFile.of(application.classes().toString()));

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        "@" + file,
                        TestApplication.MAIN_CLASS)
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("hello\n");
    }

    @Test
    void leavesAPlainArgumentAsItIs() {
        assertThat(ArgumentFile.of("/app/classes:/app/libs/a-1.0+b.jar"))
                .isEqualTo("/app/classes:/app/libs/a-1.0+b.jar");
    }

    @Test
    void keepsTheOrderOfTheLibraries() throws Exception {
        TestApplication application = TestApplication.emptyIn(directory)
                .library("z.jar", Origin.RELEASE, "z")
                .library("a.jar", Origin.PROJECT, "a")
                .library("m.jar", Origin.SNAPSHOT, "m");
        JavaApplication java8 = new JavaApplication(application.classes(), application.libraries(), "a.B", 8);

        assertThat(java8.contents().launch().command(List.of()).orElseThrow())
                .contains("/app/resources:/app/classes:/app/libs/z.jar:/app/libs/a.jar:/app/libs/m.jar");
    }
}
